package io.reelgate.upstream.newapi;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one error envelope says, {@code {"error":{"message","type","code"}}} or {@code {"code","message","data"}}, as far as
 * it says it. A code for success, such as {@code 0}, says nothing.
 */
record Envelope(
        @Nullable String code,
        @Nullable String type,
        @Nullable String message) {

    private static final Set<String> WELL =
            Set.of("0", "200", "ok", "success", "succeeded", "null", "none", "false", "no error");

    /** What this body says: its {@code error}, and from around that what it leaves open. */
    static Envelope of(JsonNode body) {
        var error = error(body);
        var around = flat(body);
        return new Envelope(
                first(error.code, around.code), first(error.type, around.type), first(error.message, around.message));
    }

    /** What the field {@code error} says, be it an envelope or a text. */
    static Envelope error(JsonNode node) {
        var error = Json.object(node, "error");
        return error == null ? new Envelope(null, null, Json.text(node, "error")) : flat(error);
    }

    /** Whether it says that something is wrong: in its message, or without one by its code. */
    boolean complains() {
        return message == null ? code != null : !isWell(message);
    }

    /** The message, unless it says that all is well. */
    @Nullable
    String complaint() {
        return isWell(message) ? null : message;
    }

    /** Whether neither a code nor a word is in it. */
    boolean isEmpty() {
        return code == null && message == null;
    }

    /** The first of these texts with something in it. */
    static @Nullable String first(@Nullable String... texts) {
        for (var text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static Envelope flat(JsonNode node) {
        var code = Json.word(node, "code");
        return new Envelope(
                isWell(code) ? null : code,
                Json.text(node, "type"),
                first(Json.text(node, "message"), Json.text(node, "msg"), Json.text(node, "detail")));
    }

    private static boolean isWell(@Nullable String word) {
        return word == null || WELL.contains(word.strip().toLowerCase(Locale.ROOT));
    }
}
