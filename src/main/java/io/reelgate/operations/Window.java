package io.reelgate.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How far back the overview looks, and how finely its chart is divided. */
public enum Window {
    HOUR("1h", Duration.ofMinutes(1), 60, Duration.ofSeconds(2)),
    DAY("24h", Duration.ofMinutes(30), 48, Duration.ofSeconds(5)),
    WEEK("7d", Duration.ofHours(4), 42, Duration.ofSeconds(20));

    private final String word;
    private final Duration step;
    private final int slots;
    private final Duration fresh;

    Window(String word, Duration step, int slots, Duration fresh) {
        this.word = word;
        this.step = step;
        this.slots = slots;
        this.fresh = fresh;
    }

    /** The window of that word; throws {@link OpsProblem} for any other. */
    public static Window of(String word) {
        return Arrays.stream(values())
                .filter(window -> window.word.equals(word))
                .findFirst()
                .orElseThrow(() -> OpsProblem.parameter(
                        "window",
                        "window must be one of: "
                                + Arrays.stream(values()).map(Window::word).collect(Collectors.joining(", "))));
    }

    /** As it stands in an address: {@code 1h}, {@code 24h}, {@code 7d}. */
    public String word() {
        return word;
    }

    /** How long one slot of the chart is. */
    public Duration step() {
        return step;
    }

    /** How long it is in all. */
    public Duration length() {
        return step.multipliedBy(slots);
    }

    public int slots() {
        return slots;
    }

    /** How old a count of it may be: the longer the window, the dearer and the steadier. */
    public Duration fresh() {
        return fresh;
    }

    /** Where the window begins: on a whole step, so that the chart's slots stay where they are while time goes on. */
    Instant from(Instant now) {
        long length = step.toSeconds();
        long slot = Math.floorDiv(now.getEpochSecond(), length) - (slots - 1);
        return Instant.ofEpochSecond(slot * length);
    }
}
