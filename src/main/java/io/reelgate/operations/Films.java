package io.reelgate.operations;

import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.FilmState;
import io.reelgate.archive.copy.FilmsToKeep;
import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.archive.library.FilmLibrary;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.archive.store.ArchiveWatch.Trouble;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What ops see of the archive, and the films that they have kept by hand. */
@Service
public class Films {

    private static final Logger log = LoggerFactory.getLogger(Films.class);

    private final FilmLibrary library;
    private final FilmsToKeep toKeep;
    private final ArchiveWatch watch;
    private final JobDetails jobs;
    private final Timeline timeline;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final ExpiringSupplier<ArchiveNumbers> numbers;

    Films(
            FilmLibrary library,
            FilmsToKeep toKeep,
            ArchiveWatch watch,
            JobDetails jobs,
            Timeline timeline,
            TransactionOperations transaction,
            Clock clock) {
        this.library = library;
        this.toKeep = toKeep;
        this.watch = watch;
        this.jobs = jobs;
        this.timeline = timeline;
        this.transaction = transaction;
        this.clock = clock;
        this.numbers = new ExpiringSupplier<>(Duration.ofSeconds(2), clock, library::numbers);
    }

    /** Whether films are kept at all. */
    public boolean areKept() {
        return watch.keeps();
    }

    /** What the store is, in a few words. */
    String store() {
        return watch.describe();
    }

    /** Why this replica can keep no film now, if so. */
    Optional<Trouble> trouble() {
        return watch.trouble();
    }

    /** How much is kept, and how much is not. */
    public ArchiveNumbers numbers() {
        return numbers.get();
    }

    /**
     * Has the job's film kept at once; it stands in the timeline with who asked. Throws {@link OpsProblem} if that cannot be:
     * then nothing was changed.
     *
     * @param id whichever of the job's ids
     * @param by the user
     * @return the job as it is then
     */
    public JobView keep(String id, String by) {
        requireArchive();
        var job = jobs.find(id);
        if (job.status() != JobStatus.SUCCEEDED || job.film() == null) {
            throw conflict(
                    "The job is %s, so it has no film".formatted(job.status().word()));
        }
        library.find(job.id()).ifPresent(this::requireKeepable);
        transaction.executeWithoutResult(_ -> {
            if (toKeep.keep(job.id())) {
                var event = JobEvent.of(EventKind.FILM_REQUESTED, clock.instant());
                timeline.append(job.id(), event.with("by", by));
            } else {
                requireUnderWay(job.id());
            }
        });
        log.info("Job {} {} by {}", job.id(), EventKind.FILM_REQUESTED.word(), by);
        return jobs.find(job.id());
    }

    /** Has all films kept that are not and still can be had; returns how many. Throws {@link OpsProblem} without an archive. */
    public int keepAll(String by) {
        requireArchive();
        int films = toKeep.keepAll();
        log.info("{} films that were not kept are to be kept, as asked by {}", films, by);
        return films;
    }

    private void requireArchive() {
        if (!watch.keeps()) {
            throw conflict("The archive is switched off (reelgate.archive.store=none), so no film is kept");
        }
    }

    private void requireKeepable(FilmRecord film) {
        if (film.isKept() && film.goneAt() == null) {
            throw conflict("The film is kept already");
        }
        if (!film.linkEndsAt().isAfter(clock.instant())) {
            throw linkEnded();
        }
    }

    /** Nothing had to be done for a film that is being copied at this moment. */
    private void requireUnderWay(String jobId) {
        var film = library.find(jobId).orElseThrow(Films::linkEnded);
        requireKeepable(film);
        if (film.state() != FilmState.WAITING) {
            throw linkEnded();
        }
    }

    private static OpsProblem linkEnded() {
        return conflict("The time in which the film could be had from the upstream is over");
    }

    private static OpsProblem conflict(String detail) {
        return OpsProblem.of(HttpStatus.CONFLICT, detail);
    }
}
