package io.reelgate.sandbox;

import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a simulated task, each with the letter that stands for it in the task's id. */
enum Ending {
    FILM('s'),
    /** A film that has no URL: it can only be fetched through the API, with the key. */
    FILM_WITHOUT_URL('n'),
    /** A film whose URL ends as soon as it is made. */
    FILM_WITH_DEAD_URL('d'),
    FAILURE('f'),
    /** The upstream took the task and knows nothing of it afterwards. */
    LOSS('l');

    private final char letter;

    Ending(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    static Optional<Ending> of(char letter) {
        return Stream.of(values()).filter(ending -> ending.letter == letter).findFirst();
    }
}
