package io.reelgate.tracking;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reelgate.job.PastJobs;
import io.reelgate.job.PastJobs.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How early jobs of a kind have ended of late; looked up once in a while and kept in memory, so that an accepted job pays
 * no query for it.
 */
@Component
class Experience {

    private static final Logger log = LoggerFactory.getLogger(Experience.class);

    private static final int NEWEST = 5_000;
    private static final int ENOUGH = 20;

    private final PastJobs past;
    private volatile Map<Kind, Duration> earliestEnds = Map.of();
    private volatile Set<String> models = Set.of();

    Experience(PastJobs past) {
        this.past = past;
    }

    /** Before this, hardly a job of this kind has ended; {@code null} if too few are known. */
    @Nullable
    Duration earliestEnd(Kind kind) {
        return earliestEnds.get(kind);
    }

    /** Whether jobs of this model are first asked for when they may well have ended. */
    boolean knows(String model) {
        return models.contains(model);
    }

    @Scheduled(fixedDelayString = "30s")
    void refresh() {
        try {
            earliestEnds = past.earliestEnds(NEWEST, ENOUGH);
            models = earliestEnds.keySet().stream().map(Kind::model).collect(toUnmodifiableSet());
        } catch (DataAccessException | TransactionException e) {
            log.debug("Experience not refreshed: {}", e.toString());
        }
    }
}
