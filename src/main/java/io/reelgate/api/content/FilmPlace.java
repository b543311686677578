package io.reelgate.api.content;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to stream one film to a client, given back once, by whoever comes first: its end, or the one who gives it up. */
final class FilmPlace implements AutoCloseable {

    private final String address;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    FilmPlace(String address, Runnable giveBack) {
        this.address = address;
        this.giveBack = giveBack;
    }

    /** Whose it is. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
