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

    /** Code, type and message as far as they are given; the message is the innermost one. */
    private record Words(
            @Nullable String code,
            @Nullable String type,
            @Nullable String message) {

        private static final Words NONE = new Words(null, null, null);
    }

    /** What this answer complains of. */
    Complaint read(int status, @Nullable String text) {
        var body = Json.object(text);
        var words = body == null ? new Words(null, null, plainText(text)) : envelope(body, 0);
        var understood = body != null && (words.code() != null || words.message() != null);
        return Complaint.of(
                new UpstreamError(status, cleanOrNull(words.code()), cleanOrEmpty(words.message())),
                cleanOrEmpty(words.type()),
                understood);
    }

    /** Why a task failed: the first reason that its layers give, from the outside to the inside. */
    Snapshot.Failure failure(JsonNode task) {
        String code = null;
        for (var layer : Json.layers(task)) {
            var words = error(layer, 0);
            code = code == null ? words.code() : code;
            var reason = firstText(words.message(), said(layer, "fail_reason"), said(layer, "result_url"));
            if (reason != null) {
                return new Snapshot.Failure(cleanOrNull(code), redactor.clean(reason));
            }
        }
        return new Snapshot.Failure(cleanOrNull(code), cleanOrEmpty(Json.text(task, "message")));
    }

    private static Words envelope(JsonNode body, int depth) {
        var inner = error(body, depth);
        return inner.equals(Words.NONE) ? words(body, depth) : inner;
    }

    private static Words error(JsonNode body, int depth) {
        var error = Json.object(body, "error");
        return error == null ? new Words(null, null, unfold(Json.text(body, "error"), depth)) : words(error, depth);
    }

    private static Words words(JsonNode node, int depth) {
        var code = Json.word(node, "code");
        var message = firstText(Json.text(node, "message"), Json.text(node, "msg"), Json.text(node, "detail"));
        return new Words("0".equals(code) ? null : code, Json.text(node, "type"), unfold(message, depth));
    }

    /** The message that a message carries if it is a JSON document itself, with that document's code behind it. */
    private static @Nullable String unfold(@Nullable String message, int depth) {
        if (message == null
                || depth >= DEEPEST_MESSAGE
                || !message.stripLeading().startsWith("{")) {
            return message;
        }
        var document = Json.object(message.strip());
        if (document == null) {
            return message;
        }
        var words = envelope(document, depth + 1);
        if (words.message() == null) {
            return message;
        }
        return words.code() == null ? words.message() : words.message() + " (" + words.code() + ")";
    }

    /** A field's text, unless it is the address that the field holds on success. */
    private static @Nullable String said(JsonNode layer, String field) {
        var text = Json.text(layer, field);
        return text == null || FilmLink.of(text) != null ? null : unfold(text, 0);
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
