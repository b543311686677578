package io.reelgate.upstream.newapi;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two ids have one form, so that where they differ they name two tasks: both begin with the same name and
 * separator ({@code task_}, {@code cgt-}); or not both have such a name, but they are equally long, with the same separators
 * in the same places, and have letters or have none.
 */
public final class IdForm {

    private static final Pattern NAME = Pattern.compile("^\\p{L}+[^\\p{L}\\p{N}]");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    private IdForm() {}

    public static boolean isShared(String one, String other) {
        var name = name(one);
        var otherName = name(other);
        return name != null && otherName != null
                ? name.equals(otherName)
                : picture(one).equals(picture(other)) && hasLetters(one) == hasLetters(other);
    }

    private static @Nullable String name(String id) {
        var name = NAME.matcher(id);
        return name.find() ? name.group() : null;
    }

    /** Its length and its separators. */
    private static String picture(String id) {
        return LETTER_OR_DIGIT.matcher(id).replaceAll("x");
    }

    private static boolean hasLetters(String id) {
        return LETTER.matcher(id).find();
    }
}
