package io.reelgate.tracking;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reelgate.job.stats.PastJobs;
import io.reelgate.job.stats.PastJobs.Kind;
import io.reelgate.job.stats.PastJobs.Pace;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How long jobs of a kind have taken of late; looked up once in a while and kept in memory, so that an accepted job pays
 * no query for it.
 */
@Component
class CompletionEstimates {

    private static final int NEWEST = 5_000;

    /**
     * Of each kind so many ends count. One in twenty of them is the quickest but one: an upstream that becomes faster is
     * followed after two or three, which are sixty jobs where it does not say itself when tasks ended.
     */
    private static final int LATEST = 20;

    private static final int LEAST_ENDS = 5;

    private final PastJobs past;
    private volatile Map<Kind, Pace> paces = Map.of();
    private volatile Set<String> models = Set.of();

    CompletionEstimates(PastJobs past) {
        this.past = past;
    }

    /** Before this, hardly a job of this kind has ended; {@code null} if too few are known. */
    @Nullable
    Duration earliestEnd(Kind kind) {
        var pace = paces.get(kind);
        return pace == null ? null : pace.earliest();
    }

    /** How long a job of this kind usually takes; {@code null} if too few are known. */
    @Nullable
    Duration usual(Kind kind) {
        var pace = paces.get(kind);
        return pace == null ? null : pace.usual();
    }

    /** Whether nothing is known of any kind. */
    boolean isEmpty() {
        return paces.isEmpty();
    }

    /** Whether jobs of this model are first asked for when they may well have ended. */
    boolean knows(String model) {
        return models.contains(model);
    }

    @Scheduled(fixedDelayString = "30s")
    void refresh() {
        paces = past.paces(NEWEST, LATEST, LEAST_ENDS);
        models = paces.keySet().stream().map(Kind::model).collect(toUnmodifiableSet());
    }
}
