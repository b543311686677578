package io.reelgate.archive.copy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Clears the work folder of what a crash left there. */
final class WorkSweep {

    private static final Logger log = LoggerFactory.getLogger(WorkSweep.class);

    private static final Duration OLD = Duration.ofHours(1);

    private final WorkFolder folder;
    private final FilmTickets tickets;
    private final Clock clock;

    WorkSweep(WorkFolder folder, FilmTickets tickets, Clock clock) {
        this.folder = folder;
        this.tickets = tickets;
        this.clock = clock;
    }

    /** Removes files that nobody has touched for an hour, but for whole films that still wait for the store. */
    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            var whole = folder.abandoned(clock.instant().minus(OLD));
            var waiting = tickets.waiting(whole);
            for (var jobId : whole) {
                if (!waiting.contains(jobId)) {
                    folder.clear(jobId);
                    log.info("Job {}: a copy of its film that nobody waits for is removed", jobId);
                }
            }
        } catch (IOException e) {
            log.warn("The work folder of the archive could not be cleared: {}", Words.ofFile(e));
        }
    }
}
