package io.reelgate.upstream;

import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.Snapshot.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a task in any of the shapes that upstreams of this family answer in. Never throws. */
final class SnapshotReader {

    private static final int MOST_WRAPPERS = 16;
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?\\s*%?");

    /** As seconds that is the year 5138, as milliseconds 1973. */
    private static final long FIRST_TO_BE_MILLISECONDS = 100_000_000_000L;

    private final Redactor redactor;
    private final ErrorReader errors;
    private final Addresses addresses;

    SnapshotReader(Redactor redactor, ErrorReader errors, Addresses addresses) {
        this.redactor = redactor;
        this.errors = errors;
        this.addresses = addresses;
    }

    /** The task that this answer describes, or {@code null} if it describes none. */
    @Nullable
    Snapshot read(JsonNode answer) {
        var task = unwrap(answer);
        if (Json.isAbsent(task, "status")) {
            return null;
        }
        // Only the outermost status counts: after a sweep it says FAILURE while the provider's own still says running.
        var status = status(Json.text(task, "status"));
        var link = status == TaskStatus.SUCCEEDED ? link(task) : null;
        return new Snapshot(
                status,
                progress(Json.word(task, "progress"), task.path("progress")),
                link == null ? null : link.address().toString(),
                link == null ? null : link.expiresAt(),
                status == TaskStatus.SUCCEEDED ? usage(task) : null,
                status == TaskStatus.SUCCEEDED || status == TaskStatus.FAILED ? endedAt(task) : null,
                status == TaskStatus.FAILED ? errors.failure(task) : null);
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
                && Json.isAbsent(node, "error");
    }

    private static TaskStatus status(@Nullable String word) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "not_start", "submitted", "queued", "pending", "unknown" -> TaskStatus.QUEUED;
            case "in_progress", "running", "processing" -> TaskStatus.IN_PROGRESS;
            case "success", "succeeded", "completed" -> TaskStatus.SUCCEEDED;
            case "failure", "failed", "cancelled", "expired", "timeout" -> TaskStatus.FAILED;
            default -> TaskStatus.UNCLEAR;
        };
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

    private @Nullable FilmLink link(JsonNode task) {
        var layers = Json.layers(task);
        return Stream.concat(
                        layers.stream().flatMap(SnapshotReader::addresses),
                        layers.stream().map(layer -> Json.text(layer, "fail_reason")))
                .filter(Objects::nonNull)
                .filter(text -> !redactor.finds(text))
                .map(FilmLink::of)
                .filter(Objects::nonNull)
                .filter(addresses::isLink)
                .findFirst()
                .orElse(null);
    }

    private static Stream<@Nullable String> addresses(JsonNode layer) {
        return Stream.of(
                Json.text(layer, "result_url"),
                Json.text(layer, "url"),
                Json.text(layer.path("output"), "video_url"),
                Json.text(layer.path("content"), "video_url"),
                Json.text(layer.path("metadata"), "url"));
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
