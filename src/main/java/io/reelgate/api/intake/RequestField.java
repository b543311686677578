package io.reelgate.api.intake;

import io.reelgate.web.AppError;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The fields of the upstream's page that are checked, with the JSON type each must have. */
public enum RequestField {
    MODEL("model", "a string"),
    PROMPT("prompt", "a string"),
    /** The one field whose other type is mended instead of refused: the upstream takes strings only. */
    SECONDS("seconds", "a string or a number"),
    DURATION("duration", "a number"),
    SIZE("size", "a string"),
    IMAGES("images", "an array of strings"),
    FIRST_FRAME_IMAGE("first_frame_image", "a string"),
    LAST_FRAME_IMAGE("last_frame_image", "a string"),
    METADATA("metadata", "an object");

    private final String key;
    private final String type;

    RequestField(String key, String type) {
        this.key = key;
        this.type = type;
    }

    /** The field of this key; throws a 400 for a key that the upstream would fold to one, and so evade the check. */
    static @Nullable RequestField of(String key) {
        for (var field : values()) {
            if (field.key.equals(key)) {
                return field;
            }
        }
        inOtherCase(key).ifPresent(field -> {
            throw AppError.invalid(key, "Write '%s' in lower case: '%s'".formatted(key, field.key));
        });
        return null;
    }

    private static Optional<RequestField> inOtherCase(String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equalsIgnoreCase(key))
                .findFirst();
    }

    /** Throws a 400 unless a value that begins with this token has the right type; {@code null} is taken as left out. */
    void check(JsonToken token) {
        boolean right = token == JsonToken.VALUE_NULL
                || switch (this) {
                    case MODEL, PROMPT, SIZE, FIRST_FRAME_IMAGE, LAST_FRAME_IMAGE -> token == JsonToken.VALUE_STRING;
                    case SECONDS -> token == JsonToken.VALUE_STRING || token.isNumeric();
                    case DURATION -> token.isNumeric();
                    case IMAGES -> token == JsonToken.START_ARRAY;
                    case METADATA -> token == JsonToken.START_OBJECT;
                };
        if (!right) {
            throw wrongType();
        }
    }

    /** Throws a 400 unless an element of this array has the right type. */
    void checkElement(JsonToken token) {
        if (this == IMAGES && token != JsonToken.VALUE_STRING) {
            throw wrongType();
        }
    }

    /** Whether the page says that this field holds Base64. */
    boolean holdsMedia() {
        return this == FIRST_FRAME_IMAGE || this == LAST_FRAME_IMAGE;
    }

    /** As it stands in the body. */
    public String key() {
        return key;
    }

    private AppError wrongType() {
        return AppError.invalid(key, "'%s' must be %s".formatted(key, type));
    }
}
