package io.reelgate.api.intake;

import io.reelgate.submission.VideoRequest;
import io.reelgate.web.AppError;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One pass over one body: checks the fields, and copies the text for the record, media elided.
 *
 * <p>Strings are measured in the bytes themselves, never decoded unless they are wanted, so that a 30 MB picture costs no
 * second 30 MB.
 */
final class RequestWalk {

    private final JsonParser parser;
    private final byte[] body;
    private final LongConsumer text;
    private final Set<String> keys = new HashSet<>();
    private final StringBuilder recorded = new StringBuilder();
    private int copied;

    private @Nullable String model;
    private @Nullable String prompt;
    private @Nullable String seconds;
    private @Nullable String size;
    private int unquotedSecondsAt = -1;
    private final FilmWords film = new FilmWords();

    RequestWalk(JsonParser parser, byte[] body, LongConsumer text) {
        this.parser = parser;
        this.body = body;
        this.text = text;
    }

    VideoRequest walk() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw AppError.invalid(null, "The body must be a JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            member(parser.currentName());
        }
        if (parser.nextToken() != null) {
            throw AppError.invalid(null, "The body must be one JSON object, and nothing behind it");
        }
        copyUpTo(body.length);
        return new VideoRequest(
                required(RequestField.MODEL, model),
                required(RequestField.PROMPT, prompt),
                seconds,
                size,
                upstreamBody(),
                recorded.toString(),
                film.spec(seconds, size));
    }

    private void member(String key) {
        if (!keys.add(key)) {
            throw AppError.invalid(key, "'%s' stands in the body twice".formatted(key));
        }
        var field = RequestField.of(key);
        var token = parser.nextToken();
        if (field != null) {
            field.check(token);
            keep(field, token);
        }
        value(field, token);
    }

    private void keep(RequestField field, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field) {
            case MODEL -> model = decoded();
            case PROMPT -> prompt = decoded();
            case SIZE -> size = decoded();
            case SECONDS -> {
                seconds = decoded();
                unquotedSecondsAt = token.isNumeric() ? tokenStart() : -1;
            }
            case DURATION -> film.duration(decoded());
            case IMAGES, FIRST_FRAME_IMAGE, LAST_FRAME_IMAGE, METADATA -> {}
        }
    }

    /** The scalar the parser stands on; a number is bounded by the parser, a string by nothing but the body. */
    private String decoded() {
        if (body[tokenStart()] == '"') {
            int from = tokenStart() + 1;
            text.accept(endOfString(from) - from);
        }
        return parser.getString();
    }

    /** Walks over a value of any depth; leaves the parser on its last token. */
    private void value(@Nullable RequestField field, JsonToken first) {
        int depth = 0;
        var token = first;
        while (true) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_STRING -> elide(field != null && field.holdsMedia());
                default -> {}
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (field == RequestField.METADATA) {
                metadata(depth, token);
            }
            if (field != null && depth == 1 && token != JsonToken.END_ARRAY) {
                field.checkElement(token);
            }
        }
    }

    /** What costs: two words of its own, and a film anywhere in its content. */
    private void metadata(int depth, JsonToken token) {
        if (token == JsonToken.PROPERTY_NAME) {
            film.member(depth, parser.currentName());
        } else if (token == JsonToken.VALUE_STRING && depth == 1 && film.wants(parser.currentName())) {
            int from = tokenStart() + 1;
            if (endOfString(from) - from <= FilmWords.LONGEST) {
                film.word(parser.currentName(), parser.getString());
            }
        }
    }

    private void elide(boolean expected) {
        int from = tokenStart() + 1;
        int to = endOfString(from);
        InlineMedia.describe(body, from, to, expected).ifPresent(description -> {
            copyUpTo(from);
            recorded.append(description);
            copied = to;
        });
    }

    private int endOfString(int from) {
        int at = from;
        while (at < body.length && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, body.length);
    }

    private void copyUpTo(int end) {
        text.accept(end - copied);
        recorded.append(new String(body, copied, end - copied, StandardCharsets.UTF_8));
        copied = end;
    }

    private int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The one permitted change: a numeric {@code seconds} gets the quotes that the upstream asks for. */
    private byte[] upstreamBody() {
        if (unquotedSecondsAt < 0 || seconds == null) {
            return body;
        }
        int end = unquotedSecondsAt + seconds.length();
        var quoted = new byte[body.length + 2];
        System.arraycopy(body, 0, quoted, 0, unquotedSecondsAt);
        quoted[unquotedSecondsAt] = '"';
        System.arraycopy(body, unquotedSecondsAt, quoted, unquotedSecondsAt + 1, seconds.length());
        quoted[end + 1] = '"';
        System.arraycopy(body, end, quoted, end + 2, body.length - end);
        return quoted;
    }

    private static String required(RequestField field, @Nullable String value) {
        if (value == null) {
            throw AppError.invalid(field.key(), "'%s' is missing".formatted(field.key()));
        }
        if (value.isBlank()) {
            throw AppError.invalid(field.key(), "'%s' is blank".formatted(field.key()));
        }
        return value;
    }
}
