package io.reelgate.sandbox;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that, anywhere in a prompt and in any case, ask the sandbox for trouble; docs/sandbox.md lists them. */
enum TestScenario {
    FAIL("[fail]"),
    QUOTA("[quota]"),
    REFUSE("[refuse]"),
    THROTTLE("[throttle]"),
    SLOW("[slow]"),
    TIMEOUT("[timeout]"),
    GARBAGE("[garbage]"),
    NO_URL("[no-url]"),
    EXPIRED_URL("[expired-url]"),
    LOST("[lost]");

    private final String word;

    TestScenario(String word) {
        this.word = word;
    }

    /** The first of them, in the order above, that stands in this prompt. */
    static Optional<TestScenario> in(String prompt) {
        var folded = prompt.toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(magic -> folded.contains(magic.word)).findFirst();
    }
}
