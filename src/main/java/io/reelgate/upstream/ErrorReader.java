package io.reelgate.upstream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads both error envelopes, {@code {"error":{"message","type","code"}}} and {@code {"code","message","data"}}, and
 * whatever else comes with an error status.
 */
final class ErrorReader {

    private static final int DEEPEST_MESSAGE = 4;
    private static final int LONGEST_PLAIN_TEXT = 300;

    private final Redactor redactor;

    ErrorReader(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Code, type and message as far as they are given. */
    private record Words(
            @Nullable String code,
            @Nullable String type,
            @Nullable String message) {

        private static final Words NONE = new Words(null, null, null);
    }

    /** What this answer complains of. */
    Complaint read(int status, @Nullable String text) {
        var body = Json.object(text);
        var words = body == null ? new Words(null, null, plainText(text)) : envelope(body);
        var understood = body != null && (words.code() != null || words.message() != null);
        return Complaint.of(
                new UpstreamError(status, cleanOrNull(words.code()), cleanOrEmpty(unfold(words.message()))),
                cleanOrEmpty(words.type()),
                understood);
    }

    /** Why a task failed: the first code and the first reason that its layers give, from the outside to the inside. */
    Snapshot.Failure failure(JsonNode task) {
        String code = null;
        String reason = null;
        for (var layer : Json.layers(task)) {
            var error = error(layer);
            code = firstText(code, error.code());
            reason = firstText(reason, error.message(), said(layer, "fail_reason"), said(layer, "result_url"));
        }
        reason = firstText(reason, said(task, "message"));
        return new Snapshot.Failure(cleanOrNull(code), cleanOrEmpty(unfold(reason)));
    }

    private static Words envelope(JsonNode body) {
        var inner = error(body);
        return inner.equals(Words.NONE) ? words(body) : inner;
    }

    private static Words error(JsonNode body) {
        var error = Json.object(body, "error");
        return error == null ? new Words(null, null, Json.text(body, "error")) : words(error);
    }

    private static Words words(JsonNode node) {
        var code = Json.word(node, "code");
        return new Words(
                "0".equals(code) ? null : code,
                Json.text(node, "type"),
                firstText(Json.text(node, "message"), Json.text(node, "msg"), Json.text(node, "detail")));
    }

    /** The innermost message of JSON documents that were put into one another as text, with its code behind it. */
    private static @Nullable String unfold(@Nullable String message) {
        var innermost = new Words(null, null, message);
        for (var depth = 0; depth < DEEPEST_MESSAGE; depth++) {
            var document = Json.object(innermost.message());
            var words = document == null ? Words.NONE : envelope(document);
            if (words.message() == null) {
                break;
            }
            innermost = words;
        }
        return innermost.code() == null ? innermost.message() : innermost.message() + " (" + innermost.code() + ")";
    }

    /** A field's text, unless it is the address that the field holds on success. */
    private static @Nullable String said(JsonNode layer, String field) {
        var text = Json.text(layer, field);
        return text == null || FilmLink.of(text) != null ? null : text;
    }

    /** A short line such as "Too Many Requests" is worth telling; a page of HTML is not. */
    private static @Nullable String plainText(@Nullable String text) {
        return text == null || text.length() > LONGEST_PLAIN_TEXT || text.contains("<") || text.contains("{")
                ? null
                : text;
    }

    private static @Nullable String firstText(@Nullable String... texts) {
        for (var text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : redactor.clean(text);
    }

    private String cleanOrEmpty(@Nullable String text) {
        return text == null ? "" : redactor.clean(text);
    }
}
