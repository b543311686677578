package io.reelgate.sandbox;

import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the body of a submission asks for, as far as the simulation cares. */
record Wish(JsonNode body) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[x*](\\d{1,5})");
    private static final int FRAMES_PER_SECOND = 24;

    /** A word in a prompt that asks for trouble. */
    enum Trouble {
        FAIL,
        QUOTA,
        SLOW,
        TIMEOUT,
        GARBAGE,
        THROTTLE;

        private String word() {
            return "[" + name().toLowerCase(java.util.Locale.ROOT) + "]";
        }
    }

    boolean asksFor(Trouble trouble) {
        return body.path("prompt").asString("").contains(trouble.word());
    }

    String model() {
        return body.path("model").asString("");
    }

    /** Like the stock upstream's code, which refuses a number here. */
    boolean hasSecondsOfTheWrongType() {
        return body.path("seconds").isNumber();
    }

    /** The upstream's rule: width times height times frames, through 1,024. */
    long tokens() {
        var size = SIZE.matcher(body.path("size").asString("480x854"));
        long pixels = size.matches() ? Long.parseLong(size.group(1)) * Long.parseLong(size.group(2)) : 480L * 854;
        return pixels * (FRAMES_PER_SECOND * seconds() + 1) / 1024;
    }

    private long seconds() {
        var digits = body.path("seconds").asString("5");
        boolean number = !digits.isEmpty()
                && digits.length() < 4
                && Arrays.stream(digits.split("")).allMatch(d -> "0123456789".contains(d));
        return number ? Long.parseLong(digits) : 5;
    }
}
