package io.reelgate.upstream.newapi;

import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.Snapshot.Usage;
import io.reelgate.upstream.UpstreamAddresses;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a task in any of the shapes that upstreams of this family answer in. Never throws. */
public final class SnapshotReader {

    private static final int MOST_WRAPPERS = 16;
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?\\s*%?");

    /** As seconds that is the year 5138, as milliseconds 1973. */
    private static final long FIRST_TO_BE_MILLISECONDS = 100_000_000_000L;

    private final Redactor redactor;
    private final ErrorReader errors;
    private final FilmLinks films;

    public SnapshotReader(Redactor redactor, ErrorReader errors, UpstreamAddresses addresses) {
        this.redactor = redactor;
        this.errors = errors;
        this.films = new FilmLinks(redactor, addresses);
    }

    /** The task that this answer describes, or {@code null} if it describes none. */
    @Nullable
    public Snapshot read(JsonNode answer) {
        var task = unwrap(answer);
        if (Json.isAbsent(task, "status")) {
            return null;
        }
        // Only the outermost status counts: after a sweep it says FAILURE while the provider's own still says running.
        var status = status(task);
        var link = status == TaskStatus.SUCCEEDED ? films.find(task) : null;
        return new Snapshot(
                status,
                progress(Json.word(task, "progress"), task.path("progress")),
                link == null ? null : link.address().toString(),
                link == null ? null : link.expiresAt(),
                status == TaskStatus.SUCCEEDED ? usage(task) : null,
                status == TaskStatus.SUCCEEDED || status == TaskStatus.FAILED ? endedAt(task) : null,
                status == TaskStatus.FAILED ? errors.failure(task) : null,
                TaskIds.of(task).filter(id -> !redactor.finds(id)).toList());
    }

    /** Takes the wrappers off, {@code {"code":"success","data":{…}}}; chained upstreams nest them. */
    private static JsonNode unwrap(JsonNode answer) {
        var task = answer;
        for (var wrappers = 0; wrappers < MOST_WRAPPERS; wrappers++) {
            var inner = Json.object(task, "data");
            if (inner == null || !isWrapper(task)) {
                break;
            }
            task = inner;
        }
        return task;
    }

    private static boolean isWrapper(JsonNode node) {
        var code = Json.word(node, "code");
        if ("success".equalsIgnoreCase(code)) {
            return Json.text(node, "task_id") == null || Json.text(node, "status") == null;
        }
        // Other relays say 0, 200 or nothing where this one says "success".
        return (code == null || code.equals("0") || code.equals("200"))
                && Json.isAbsent(node, "status")
                && !Envelope.error(node).complains();
    }

    private TaskStatus status(JsonNode task) {
        var word = Json.text(task, "status");
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "not_start", "submitted", "queued", "pending", "unknown" -> TaskStatus.QUEUED;
            case "in_progress", "running", "processing" -> TaskStatus.IN_PROGRESS;
            case "success", "succeeded", "completed" -> isWithheld(task) ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
            case "done", "succeed", "finished", "complete" -> over(task);
            case "failure", "failed", "cancelled", "canceled", "expired", "timeout" -> TaskStatus.FAILED;
            case "rejected" -> errors.givesReason(task) ? TaskStatus.FAILED : TaskStatus.UNCLEAR;
            // "error" too: that may be the query's own.
            default -> TaskStatus.UNCLEAR;
        };
    }

    /** A word that may only mean that a step is done: what else the task says must bear it out. */
    private TaskStatus over(JsonNode task) {
        if (isWithheld(task)) {
            return TaskStatus.FAILED;
        }
        return films.hasAny(task) || isPaid(usage(task)) ? TaskStatus.SUCCEEDED : TaskStatus.UNCLEAR;
    }

    /** Whether it ended with an error instead of a film. */
    private boolean isWithheld(JsonNode task) {
        return Envelope.error(task).complains() && !films.hasAny(task);
    }

    private static boolean isPaid(@Nullable Usage usage) {
        return usage != null
                && Stream.of(usage.completionTokens(), usage.totalTokens())
                        .anyMatch(tokens -> tokens != null && tokens > 0);
    }

    private static @Nullable Integer progress(@Nullable String word, JsonNode value) {
        if (value.isNumber() && !value.isIntegralNumber()) {
            var percent = value.doubleValue();
            return percent >= 0 && percent <= 100 ? (int) percent : null;
        }
        if (word == null || !PERCENT.matcher(word.strip()).matches()) {
            return null;
        }
        var percent = new BigDecimal(word.replace("%", "").strip()).intValue();
        return percent <= 100 ? percent : null;
    }

    private static @Nullable Instant endedAt(JsonNode task) {
        return Json.layers(task).stream()
                .flatMap(layer ->
                        Stream.of("finish_time", "finished_at", "completed_at").map(field -> Json.count(layer, field)))
                .filter(time -> time != null && time > 0)
                .findFirst()
                .map(time -> time < FIRST_TO_BE_MILLISECONDS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time))
                .orElse(null);
    }

    private static @Nullable Usage usage(JsonNode task) {
        return Json.everyObject(task, "usage").stream()
                .map(usage -> new Usage(Json.count(usage, "completion_tokens"), Json.count(usage, "total_tokens")))
                .filter(usage -> usage.completionTokens() != null || usage.totalTokens() != null)
                .findFirst()
                .orElse(null);
    }
}
