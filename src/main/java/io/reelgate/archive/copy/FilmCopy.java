package io.reelgate.archive.copy;

import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.query.JobView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to keep one film, which another thread may give up. */
final class FilmCopy {

    private static final Logger log = LoggerFactory.getLogger(FilmCopy.class);

    private final FilmTicket ticket;
    private final FilmSource source;
    private final FilmWriter writer;
    private final WorkFolder folder;
    private final FilmStore store;
    private volatile @Nullable InputStream open;
    private volatile boolean abandoned;

    FilmCopy(FilmTicket ticket, FilmSource source, FilmWriter writer, WorkFolder folder, FilmStore store) {
        this.ticket = ticket;
        this.source = source;
        this.writer = writer;
        this.folder = folder;
        this.store = store;
    }

    FilmTicket ticket() {
        return ticket;
    }

    /** Fetches it, unless an earlier attempt had come so far, and puts it into the store. */
    CopyResult run(JobView job, Instant now) {
        try {
            folder.clearParts(ticket);
            var whole = folder.whole(ticket.jobId());
            var film = folder.found(whole);
            if (film == null && store.takeBack(ticket.jobId(), whole)) {
                film = folder.found(whole);
            }
            if (film == null) {
                if (!ticket.linkEndsAt().isAfter(now)) {
                    return new CopyResult.Missing(Reason.LINK_ENDED, linkEnded());
                }
                film = fetch(job, whole);
            }
            if (abandoned) {
                return new CopyResult.Abandoned();
            }
            store.put(ticket.jobId(), film);
            return new CopyResult.Kept(film);
        } catch (UnfitFilmException unfit) {
            return failed(unfit);
        } catch (IOException e) {
            log.debug("Job {}: the store will not have its film", ticket.jobId(), e);
            return abandoned
                    ? new CopyResult.Abandoned()
                    : new CopyResult.Again(Reason.STORE, "the store will not have it now: " + Words.ofFile(e));
        }
    }

    /** Breaks it off where it is. */
    void abandon() {
        abandoned = true;
        var bytes = open;
        if (bytes != null) {
            try {
                bytes.close();
            } catch (IOException | RuntimeException broken) {
                log.debug("Job {}: its film had broken off", ticket.jobId(), broken);
            }
        }
    }

    private FilmStore.Film fetch(JobView job, Path whole) throws IOException, UnfitFilmException {
        var part = folder.part(ticket);
        try {
            var film = switch (source.open(job)) {
                case Download.Body body -> write(body, part);
                case Download.Failed(var reason, var words) -> throw new UnfitFilmException(reason, false, words);
                case Download.Impossible(var reason, var words) -> throw new UnfitFilmException(reason, true, words);
            };
            folder.finish(part, whole);
            return new FilmStore.Film(whole, film.size(), film.type(), film.sha256());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private FilmStore.Film write(Download.Body body, Path part) throws IOException, UnfitFilmException {
        open = body.bytes();
        try {
            return writer.write(body, part);
        } finally {
            open = null;
        }
    }

    private String linkEnded() {
        return ticket.lastError() == null
                ? "its link ended before it was tried"
                : "its link ended before it was kept; the last try: " + ticket.lastError();
    }

    private CopyResult failed(UnfitFilmException unfit) {
        if (abandoned) {
            return new CopyResult.Abandoned();
        }
        return unfit.forGood()
                ? new CopyResult.Missing(unfit.reason(), unfit.words())
                : new CopyResult.Again(unfit.reason(), unfit.words());
    }
}
