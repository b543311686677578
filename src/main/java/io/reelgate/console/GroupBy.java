package io.reelgate.console;

import io.reelgate.operations.OpsProblem;
import java.util.Arrays;
import java.util.Locale;

/** By what the overview's chart divides its jobs. */
enum GroupBy {
    ENDING,
    APP,
    MODEL;

    /** As it stands in an address; pages read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GroupBy of(String word) {
        return Arrays.stream(values())
                .filter(split -> split.word().equals(word))
                .findFirst()
                .orElseThrow(() -> OpsProblem.parameter("by", "by must be one of: ending, app, model"));
    }
}
