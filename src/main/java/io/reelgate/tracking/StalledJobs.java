package io.reelgate.tracking;

import io.reelgate.job.stats.TicketWatch;
import io.reelgate.job.stats.TicketWatch.Silence;
import io.reelgate.job.stats.TicketWatch.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds jobs in flight that ops should look at: of which polls have told nothing for long, and which take far longer than
 * others of their kind.
 */
@Component
public class StalledJobs {

    /** Polls that have told nothing for so long tell ops that something is wrong. */
    public static final Duration SILENCE = Duration.ofMinutes(15);

    /** A job that takes so many times as long as others of its kind is called slow. */
    public static final int TIMES = 20;

    /** Nothing younger is slow, however quick its kind is; so no job of a minute pays for being looked at. */
    private static final Duration LEAST_AGE = Duration.ofMinutes(5);

    /** Jobs looked at for slow ones, the oldest: in the longest of queues this stays cheap. */
    private static final int MOST_LOOKED_AT = 1_000;

    private final TicketWatch tickets;
    private final CompletionEstimates estimates;

    StalledJobs(TicketWatch tickets, CompletionEstimates estimates) {
        this.tickets = tickets;
        this.estimates = estimates;
    }

    /** A job that is slow, and how long others of its kind usually take. */
    public record Slow(String jobId, Duration age, Duration usual) {}

    /** How many jobs polls have told nothing of for {@link #SILENCE}. */
    public Silence countSilent() {
        return tickets.countSilent(SILENCE);
    }

    /** At most {@code limit} of those, the longest silent first. */
    public List<Watched> silent(int limit) {
        return tickets.silent(SILENCE, limit);
    }

    /** Those that are answered for and slow, the oldest first, as far as they are among the 1,000 oldest in flight. */
    public List<Slow> slow() {
        return estimates.isEmpty()
                ? List.of()
                : tickets.olderThan(LEAST_AGE, MOST_LOOKED_AT).stream()
                        .map(this::slow)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Whether this one is slow, and how. */
    public Optional<Slow> slow(Watched job) {
        var usual = estimates.usual(job.kind());
        return usual == null || job.age().compareTo(LEAST_AGE) < 0 || job.age().compareTo(usual.multipliedBy(TIMES)) < 0
                ? Optional.empty()
                : Optional.of(new Slow(job.jobId(), job.age(), usual));
    }
}
