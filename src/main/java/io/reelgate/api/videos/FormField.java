package io.reelgate.api.videos;

import io.reelgate.web.AppError;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts that a form may have. */
enum FormField {
    MODEL("model"),
    PROMPT("prompt"),
    SECONDS("seconds"),
    SIZE("size"),
    PICTURE("input_reference"),
    PICTURE_URL("input_reference[image_url]");

    private final String part;

    FormField(String part) {
        this.part = part;
    }

    /** The field of this part; throws a 400 for one that is none, or no file where it should be one. */
    static FormField of(PartHead head) {
        var field = Stream.of(values())
                .filter(one -> one.part.equals(head.name()))
                .findFirst()
                .orElseThrow(() -> AppError.invalid(
                        head.name(), "'%s' is not known in a form; it may have: %s".formatted(head.name(), known())));
        if (field == PICTURE && !head.file()) {
            throw AppError.invalid(
                    field.part, "'input_reference' must be a file; send an address as 'input_reference[image_url]'");
        }
        if (field != PICTURE && head.file()) {
            throw AppError.invalid(field.part, "'%s' must be text, not a file".formatted(field.part));
        }
        return field;
    }

    boolean isText() {
        return this != PICTURE && this != PICTURE_URL;
    }

    /** As the form calls it, and as the upstream does if it is text. */
    String part() {
        return part;
    }

    private static String known() {
        return Stream.of(values()).map(FormField::part).collect(Collectors.joining(", "));
    }
}
