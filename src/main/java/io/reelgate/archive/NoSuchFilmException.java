package io.reelgate.archive;

import java.io.IOException;

/** The store is there, and the film is not. */
public final class NoSuchFilmException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Nothing lies there, or not what was put there. */
    public NoSuchFilmException(String location) {
        super("There is no such film at " + location);
    }
}
