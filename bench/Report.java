import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes RESULTS.md of the figures that bench/run left: {@code java Report.java <figures> <RESULTS.md>}. */
class Report {

    record Key(String part, String contender, String metric) {}

    static final Map<Key, List<String>> figures = new LinkedHashMap<>();
    static final List<String> PARTS = List.of("submit", "lag", "calls", "history", "bodies", "film", "tell", "hold", "start");
    static final List<String> kept = new ArrayList<>();
    static final StringBuilder out = new StringBuilder();

    public static void main(String[] args) throws IOException {
        read(Path.of(args[0], "environment.tsv"));
        for (var part : PARTS) {
            read(Path.of(args[0], part + ".tsv"));
        }
        if (Files.exists(Path.of(args[1]))) {
            Files.readAllLines(Path.of(args[1])).forEach(Report::keep);
        }
        head();
        line("| what | Reelgate | against | ratio | wanted | |");
        line("| --- | --- | --- | --- | --- | --- |");
        submit();
        lag();
        calls();
        history();
        bodies();
        film();
        tell();
        hold();
        start();
        line("");
        notes();
        everything();
        Files.writeString(Path.of(args[1]), out);
        System.out.print(out.substring(0, out.indexOf("## Every figure")));
    }

    static void read(Path file) throws IOException {
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var cells = line.split("\t", 4);
                figures.computeIfAbsent(new Key(cells[0], cells[1], cells[2]), _ -> new ArrayList<>()).add(cells[3]);
            }
        }
    }

    /** Takes over what an earlier report says of a part that was not measured since, as on a fresh clone. */
    static void keep(String row) {
        var cells = row.replaceAll("^\\| *| *\\|$", "").split(" *\\| *", -1);
        var part = cells[0].replace("measured: ", "");
        if (cells[0].startsWith("measured: ") && !measured(part)) {
            kept.add(part);
            figures.put(new Key(part, "-", "date"), List.of(cells[1]));
        } else if (kept.contains(part) && cells.length == 7) {
            // So many values as there were rounds, whose median is the one that was reported, whatever lay between.
            var values = new ArrayList<>(Collections.nCopies(Integer.parseInt(cells[6]), cells[3]));
            if (values.size() > 1) {
                values.set(0, cells[4]);
                values.set(values.size() - 1, cells[5]);
            }
            figures.put(new Key(part, cells[1], cells[2]), values.stream().map(value -> value.replace(",", "")).toList());
        }
    }

    static boolean measured(String part) {
        return figures.keySet().stream().anyMatch(key -> key.part().equals(part));
    }

    static void head() {
        line("# Measured");
        line("");
        line("Written by `bench/run`; no figure is typed by hand. All of a part ran on one machine, load generator and contenders");
        line("alike, in turn and warm; a figure is the median of its rounds. Absolute figures say little about another machine, the");
        line("ratios more. The yardstick is how long bash took to count to a million just before the part: with busy neighbours the");
        line("same machine may be half as fast an hour later. A part that was not measured again keeps its figures and its date.");
        line("");
        line("| | |");
        line("| --- | --- |");
        figures.forEach((key, values) -> {
            if (key.part().equals("environment")) {
                line("| " + key.contender() + " | " + values.getLast() + " |");
            }
        });
        for (var part : PARTS) {
            line("| measured: " + part + " | " + text(part, "-", "date") + " |");
        }
        line("");
        if (!kept.isEmpty()) {
            line("Not measured again when this was written, so that other days and commits hold for them: " + String.join(", ", kept) + ".");
            line("");
        }
    }

    static void submit() {
        var gateway = median("submit", "gateway", "rate");
        var portkey = median("submit", "portkey", "rate");
        var nginx = median("submit", "nginx", "rate");
        var pgbench = median("submit", "pgbench", "rate");
        var limit = 1 / (1 / nginx + 1 / pgbench);
        row("durable submits, 32 connections", gateway, "/s", "Portkey's plain proxying", portkey, gateway / portkey, ">= 3", gateway >= 3 * portkey);
        row("", gateway, "/s", "the limit: nginx and pgbench, one after the other", limit, gateway / limit, ">= 0.5", gateway >= limit / 2);
        var p99 = median("submit", "gateway", "p99_us") / 1000;
        var theirs = median("submit", "portkey", "p99_us") / 1000;
        row("their p99", p99, " ms", "Portkey's", theirs, p99 / theirs, "< 1", p99 < theirs);
        var direct = median("submit", "direct-1", "p50_us");
        var added = (median("submit", "gateway-1", "p50_us") - direct) / 1000;
        var portkeys = (median("submit", "portkey-1", "p50_us") - direct) / 1000;
        row("latency added to one connection, p50", added, " ms", "Portkey's", portkeys, added / portkeys, "", true);
        var commits = median("submit", "pgbench-1", "latency_us") / 1000;
        row("", added, " ms", "its two commits alone, by pgbench", commits, added / commits, "", true);
        // Portkey keeps no record, so what the record must cost is no part of the comparison.
        row("the same minus the two commits", added - commits, " ms", "Portkey's", portkeys, (added - commits) / portkeys, "< 1", added - commits < portkeys);
        var get = median("submit", "get", "rate");
        row("`GET` of a status, 32 connections", get, "/s", "the submits", gateway, get / gateway, ">= 3", get >= 3 * gateway);
    }

    static void lag() {
        for (int jobs : new int[] {500, 5_000, 20_000}) {
            var name = "gateway-" + jobs;
            var other = "db-scheduler-" + jobs;
            var p99 = median("lag", name, "lag_p99_s");
            var theirs = median("lag", other, "lag_p99_s");
            boolean binding = jobs == 5_000;
            row("detection lag, " + count(jobs) + " jobs in flight, p99", p99, " s", "db-scheduler", theirs, p99 / theirs, binding ? "<= 9 s" : "", p99 <= 9 || !binding);
            if (figures.containsKey(new Key("lag", "serial-" + jobs, "lag_p99_s"))) {
                var serial = median("lag", "serial-" + jobs, "lag_p99_s");
                row("", p99, " s", "serial poller (at least: " + unfound("serial-" + jobs) + " were never found)", serial, p99 / serial, "", true);
            }
            var polls = median("lag", name, "polls_per_cpu_s");
            var theirPolls = median("lag", other, "polls_per_cpu_s");
            row("polls per CPU second of the process", polls, "", "db-scheduler", theirPolls, polls / theirPolls, "", true);
            if (figures.containsKey(new Key("lag", "bare-" + jobs, "polls_per_cpu_s"))) {
                var bare = median("lag", "bare-" + jobs, "polls_per_cpu_s");
                row("", polls, "", "the calls alone, nothing written down", bare, polls / bare, "", true);
            }
            var all = median("lag", name, "polls_per_cpu_s_with_pg");
            var theirAll = median("lag", other, "polls_per_cpu_s_with_pg");
            row("the same, PostgreSQL's CPU included", all, "", "db-scheduler", theirAll, all / theirAll, binding ? ">= 2" : "", all >= 2 * theirAll || !binding);
        }
    }

    static String unfound(String contender) {
        var ended = sum(figures.getOrDefault(new Key("lag", contender, "ended"), List.of()));
        var found = sum(figures.getOrDefault(new Key("lag", contender, "found"), List.of()));
        return Math.round(ended - found) + " of " + Math.round(ended);
    }

    static void calls() {
        var ours = median("calls", "gateway", "calls_a_job");
        var theirs = median("calls", "clients", "calls_a_job");
        row("upstream calls a job, tasks of 30 to 120 s", ours, "", "clients polling every 5 s", theirs, ours / theirs, "<= 0.5", ours <= theirs / 2);
        var delay = median("calls", "gateway", "delay_p50_s");
        var their = median("calls", "clients", "delay_p50_s");
        row("their median delay", delay, " s", "clients polling every 5 s", their, delay / their, "about 1", delay <= 1.2 * their);
    }

    static void history() {
        for (var query : List.of("first-page", "page-1000", "app", "status", "app-and-status", "day")) {
            var ours = median("history", query, "p99_us") / 1000;
            var psql = median("history", query, "psql_p99_us") / 1000;
            row("history of 5 million, " + query.replace('-', ' ') + ", p99", ours, " ms", "the same SQL by psql", psql, ours / psql, "<= 3, < 50 ms", ours <= 3 * psql && ours < 50);
            var pgbench = median("history", query, "pgbench_p99_us") / 1000;
            row("", ours, " ms", "by pgbench, prepared", pgbench, ours / pgbench, "", true);
        }
    }

    static void bodies() {
        var errors = median("bodies", "gateway", "errors");
        line("| 64 bodies of 30 MB at once, heap of 1 GB | %s taken, %s refused with 503 and `Retry-After`, %s anything else | | | no other error | %s |"
                .formatted(number(median("bodies", "gateway", "taken")), number(median("bodies", "gateway", "refused_503")), number(errors), mark(errors == 0)));
    }

    static void film() {
        for (int size : new int[] {64, 3}) {
            var ours = median("film", "gateway-" + size, "mb_per_s");
            var nginx = median("film", "nginx-" + size, "mb_per_s");
            row("serving a kept film of " + size + " MB, 8 connections", ours, " MB/s", "nginx", nginx, ours / nginx, ">= 0.7", ours >= 0.7 * nginx);
        }
        var before = median("film", "gateway-64", "rss_before_mb");
        var after = median("film", "gateway-64", "rss_after_mb");
        row("resident memory after serving films of 64 MB", after, " MB", "before", before, after / before, "about 1", after <= 1.2 * before);
        var copied = median("film", "gateway", "copied_s");
        var curl = median("film", "curl", "copied_s");
        row("copying " + text("film", "-", "films") + " films of " + text("film", "-", "film_mb") + " MB, " + text("film", "-", "concurrency") + " at once",
                copied, " s", "curl, to files", curl, copied / curl, "", true);
        line("| from a job's end to its film's being kept, %s jobs in flight | p50 %s, p99 %s | %s of %s films kept | | | |".formatted(
                text("film", "keep", "jobs"), figure(median("film", "keep", "after_end_p50_s"), " s"), figure(median("film", "keep", "after_end_p99_s"), " s"),
                number(median("film", "keep", "kept")), number(median("film", "keep", "films"))));
        var memory = median("film", "large", "out_of_memory");
        line("| %s films of %s MB kept at once, heap of 256 MB | %s at the most | | | no `OutOfMemoryError` | %s |".formatted(
                text("film", "large", "films"), text("film", "large", "film_mb"), figure(median("film", "large", "peak_rss_mb"), " MB resident"),
                Double.isNaN(memory) ? "" : mark(memory == 0)));
    }

    static void start() {
        var aot = median("start", "aot", "ready_ms") / 1000;
        var plain = median("start", "plain", "ready_ms") / 1000;
        row("start to ready", aot, " s", "without the AOT cache", plain, aot / plain, "<= 0.6", aot <= 0.6 * plain);
        var first = median("start", "aot", "first10_rate");
        var warm = median("start", "warm", "first10_rate");
        row("durable submits in the first 10 s after that", first, "/s", "when warm", warm, first / warm, ">= 0.5", first >= warm / 2);
        row("", first, "/s", "the first 10 s without the AOT cache", median("start", "plain", "first10_rate"), first / median("start", "plain", "first10_rate"), "", true);
        var p99 = median("start", "aot", "first10_p99_us") / 1000;
        var warmP99 = median("start", "warm", "first10_p99_us") / 1000;
        row("their p99", p99, " ms", "when warm", warmP99, p99 / warmP99, "", true);
        var page = median("start", "aot", "page_ms");
        var warmPage = median("start", "warm", "page_ms");
        row("first page of the console", page, " ms", "when warm", warmPage, page / warmPage, "< 300 ms", page < 300);
        var get = median("start", "aot", "get_ms");
        var warmGet = median("start", "warm", "get_ms");
        row("first `GET` of a status", get, " ms", "when warm", warmGet, get / warmGet, "", true);
        for (var when : List.of("idle", "load")) {
            var ours = median("start", "aot", when + "_rss_mb");
            var without = median("start", "plain", when + "_rss_mb");
            row("resident memory, " + (when.equals("idle") ? "idle" : "under load"), ours, " MB", "without the AOT cache", without, ours / without, "< 600 MB", ours < 600);
        }
        if (figures.containsKey(new Key("submit", "gateway", "rss_mb"))) {
            var later = median("submit", "gateway", "rss_mb");
            row("after minutes of full load", later, " MB", "under load, as above", median("start", "aot", "load_rss_mb"), later / median("start", "aot", "load_rss_mb"), "< 600 MB", later < 600);
        }
    }

    static void tell() {
        var waiting = text("tell", "-", "waiting");
        var wait = median("tell", "wait", "p99_s");
        var poll = median("tell", "poll", "p99_s");
        row("from a job's end on record to the answer of who waits, " + waiting + " waiting on one replica, p99", wait, " s",
                "apps that ask every 5 s", poll, wait / poll, "<= 1 s", wait <= 1);
        var half = median("tell", "wait", "p50_s");
        row("the same, p50", half, " s", "apps that ask every 5 s", median("tell", "poll", "p50_s"), half / median("tell", "poll", "p50_s"), "", true);
        line("| memory for each that waits | %s on the heap, %s resident | | | | |".formatted(
                figure(median("tell", "wait", "heap_kb_each"), " KB"), figure(median("tell", "wait", "rss_kb_each"), " KB")));
        var cpu = median("tell", "waiting", "cpu_percent");
        row("CPU while they wait and nothing ends", cpu, " % of a core", "nobody waits", median("tell", "nobody", "cpu_percent"), Double.NaN, "", true);
        row("statements a second then", median("tell", "waiting", "statements_per_s"), "", "nobody waits", median("tell", "nobody", "statements_per_s"),
                Double.NaN, "", true);
        var alone = median("tell", "alone", "p99_s");
        row("from a job's end to the webhook's arrival, 100 a second, p99", alone, " s", "p50", median("tell", "alone", "p50_s"), Double.NaN, "<= 2 s", alone <= 2);
        var hanging = median("tell", "hanging", "p99_s");
        row("the same while " + text("tell", "hanging", "deliveries") + " hang at " + text("tell", "hanging", "dead_receivers") + " dead receivers, p99", hanging,
                " s", "without these", alone, hanging / alone, "<= 2 s", hanging <= 2);
    }

    static void hold() {
        var waiting = text("hold", "-", "waiting");
        var with = median("hold", "many-wait", "rate");
        var without = median("hold", "nobody-waits", "rate");
        row("plain submissions a second while " + waiting + " jobs wait", with, "/s", "nobody waits", without, with / without, ">= 0.97", with >= 0.97 * without);
        var drain = median("hold", "drain", "rate");
        var allowed = median("hold", "drain", "upstream_allows");
        row("jobs a second that are sent when there is money again", drain, "/s", "what the upstream allows", allowed, drain / allowed, ">= 0.9", drain >= 0.9 * allowed);
        var refused = median("hold", "drain", "refused_percent");
        row("refused in that", refused, " %", "jobs", 100, Double.NaN, "< 2 %", refused < 2);
        var place = median("hold", "fair", "last_of_few");
        var share = median("hold", "fair", "share");
        row("place of the last of an app with few behind one with " + waiting, place, "", "twice their number", share, place / share, "<= 2", place <= 2 * share);
    }

    static void notes() {
        line("How to read it: the limit is `1/(1/nginx + 1/pgbench)`, a job that is proxied by nginx and whose rows pgbench writes,");
        line("one after the other. Detection lag is from a task's end at the upstream to the `finished_at` of its record; the");
        line("upstream answers after 100 ms, for a tenth of the tasks after 5 s, and a tenth of the jobs in flight ends within the");
        line("measured time. `reelgate.tracking.concurrency` and `reelgate.upstream.max-connections` were raised for 5,000 and 20,000");
        line("jobs as the figures below say (`concurrency`); everything else is as users run it, with the JVM's options of the image in");
        line("1 GB of memory (but 1 GB of heap for the 64 bodies); pollers that it is compared with have them too. Upstream calls were measured with all times of all");
        line("contenders divided by " + text("calls", "-", "divisor") + "; the delays are given multiplied by it. The upstream says when a task ended, as real ones do. The bench itself is in `bench/`.");
        line("");
    }

    static void everything() {
        line("## Every figure");
        line("");
        line("| part | contender | figure | median | least | most | rounds |");
        line("| --- | --- | --- | --- | --- | --- | --- |");
        for (var part : PARTS) {
            figures.forEach((key, values) -> {
                if (key.part().equals(part) && !key.metric().equals("date")) {
                    var sorted = values.stream().mapToDouble(Double::parseDouble).sorted().toArray();
                    line("| %s | %s | %s | %s | %s | %s | %d |".formatted(part, key.contender(), key.metric(),
                            number(median(sorted)), number(sorted[0]), number(sorted[sorted.length - 1]), sorted.length));
                }
            });
        }
    }

    static void row(String what, double ours, String unit, String against, double theirs, double ratio, String wanted, boolean met) {
        line("| %s | %s | %s: %s | %s | %s | %s |".formatted(what, figure(ours, unit), against, figure(theirs, unit),
                Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio), wanted, Double.isNaN(ours) || wanted.isEmpty() ? "" : mark(met)));
    }

    static String mark(boolean met) {
        return met ? "met" : "**missed**";
    }

    static String figure(double value, String unit) {
        return Double.isNaN(value) ? "not measured" : number(value) + unit;
    }

    static String number(double value) {
        return Double.isNaN(value) ? "not measured"
                : Math.abs(value) >= 100 || value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String text(String part, String contender, String metric) {
        return figures.getOrDefault(new Key(part, contender, metric), List.of("-")).getLast();
    }

    static double median(String part, String contender, String metric) {
        var values = figures.get(new Key(part, contender, metric));
        return values == null ? Double.NaN : median(values.stream().mapToDouble(Double::parseDouble).sorted().toArray());
    }

    static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double sum(List<String> values) {
        return values.stream().mapToDouble(Double::parseDouble).sum();
    }

    static void line(String line) {
        out.append(line).append('\n');
    }
}
