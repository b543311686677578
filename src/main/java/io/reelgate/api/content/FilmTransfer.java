package io.reelgate.api.content;

import io.reelgate.upstream.VideoContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One film on its way to one reader, which another thread may give up. */
final class FilmTransfer {

    private static final Logger log = LoggerFactory.getLogger(FilmTransfer.class);

    private static final int PIECE = 16 * 1_024;

    private final VideoContent.Stream film;
    private final FilmPlace place;
    private final Pace pace;
    private final AtomicBoolean givenUp = new AtomicBoolean();

    FilmTransfer(VideoContent.Stream film, FilmPlace place, Pace pace) {
        this.film = film;
        this.place = place;
        this.pace = pace;
    }

    FilmPlace place() {
        return place;
    }

    /** Sends it all; throws if it was given up, or ended before the length that was announced. */
    void run(OutputStream reader) throws IOException {
        var sent = 0L;
        var piece = new byte[PIECE];
        for (int count; (count = film.body().read(piece)) >= 0; sent += count) {
            pace.offered(System.nanoTime());
            reader.write(piece, 0, count);
            pace.taken(count, System.nanoTime());
        }
        // A body that was closed meanwhile seems to have come to its end.
        if (givenUp.get()) {
            throw new IOException("The reader did not take the film");
        }
        if (sent < film.length()) {
            throw new IOException("The film is shorter than it was said to be");
        }
    }

    /** Closes the film and leaves its place if the reader is too slow; true if that was so and had not been before. */
    boolean giveUpIfTooSlow(long now) {
        if (!pace.isTooSlow(now) || !givenUp.compareAndSet(false, true)) {
            return false;
        }
        try (place) {
            film.close();
        } catch (IOException | RuntimeException broken) {
            log.debug("A film that was given up had broken off", broken);
        }
        return true;
    }
}
