package io.reelgate.api.videos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reelgate.web.AppError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Makes {@code images} of OpenAI's {@code input_reference}, in the very bytes of a body: what takes its place is shorter, and spaces
 * fill up the rest.
 */
final class InputReference {

    private static final String FIELD = "input_reference";
    private static final byte[] OPENED = "\"images\":[".getBytes(US_ASCII);

    private final JsonParser parser;
    private final byte[] body;
    private boolean hasImages;
    private @Nullable Span reference;
    private @Nullable Span link;

    /** Bytes from the first to behind the last. */
    private record Span(int from, int to) {

        int length() {
            return to - from;
        }
    }

    private InputReference(JsonParser parser, byte[] body) {
        this.parser = parser;
        this.body = body;
    }

    /** Changes the body if it has one; throws a 400 for one that is none. What else may be wrong with the body is left as it is. */
    static void translate(JsonParser parser, byte[] body) {
        new InputReference(parser, body).translate();
    }

    private void translate() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int begin = tokenStart();
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals(FIELD) && value != JsonToken.VALUE_NULL) {
                if (reference != null) {
                    throw AppError.invalid(FIELD, "'input_reference' stands in the body twice");
                }
                read(value);
                reference = new Span(begin, (int) parser.currentLocation().getByteOffset());
            } else {
                hasImages |= name.equals("images") && value != JsonToken.VALUE_NULL;
                parser.skipChildren();
            }
        }
        if (reference != null && link != null) {
            replace(reference, link);
        }
    }

    private void read(JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            throw AppError.invalid(FIELD, "'input_reference' must be an object with 'image_url'; files are for forms");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                if (!name.equals("image_url") || token != JsonToken.VALUE_STRING || link != null) {
                    throw AppError.invalid(
                            FIELD,
                            "'input_reference' must be an object with one 'image_url', a string, and nothing else; ids of"
                                    + " files are not known here");
                }
                link = string();
            }
        }
        if (link == null) {
            throw AppError.invalid(FIELD, "'input_reference' must have 'image_url'");
        }
    }

    private Span string() {
        int from = tokenStart();
        int to = from + 1;
        while (to < body.length && body[to] != '"') {
            to += body[to] == '\\' ? 2 : 1;
        }
        to = Math.min(to, body.length); // the parser has not seen the end yet, and there may be none
        if (!ImageLink.beginsWell(body, from + 1, Math.min(ImageLink.BEGINNING, to - from - 1))) {
            throw AppError.invalid(FIELD, "The 'image_url' of 'input_reference' " + ImageLink.MUST_BE);
        }
        return new Span(from, Math.min(to + 1, body.length));
    }

    private void replace(Span reference, Span link) {
        if (hasImages) {
            throw AppError.invalid(FIELD, "Send 'images' or 'input_reference', not both");
        }
        System.arraycopy(body, link.from(), body, reference.from() + OPENED.length, link.length());
        System.arraycopy(OPENED, 0, body, reference.from(), OPENED.length);
        int end = reference.from() + OPENED.length + link.length();
        body[end] = ']';
        Arrays.fill(body, end + 1, reference.to(), (byte) ' ');
    }

    private int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
