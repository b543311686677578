package io.reelgate.operations;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The health component {@code archive}: where films are kept, and down while this replica can keep none. Submissions go on all the
 * same, so readiness does not contain it.
 */
@Component
class ArchiveHealthIndicator extends AbstractHealthIndicator {

    private final Films films;

    ArchiveHealthIndicator(Films films) {
        this.films = films;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var trouble = films.trouble().orElse(null);
        health.up().withDetail("store", films.store());
        if (trouble != null) {
            health.down()
                    .withDetail("trouble", trouble.words())
                    .withDetail("since", trouble.since().toString());
        }
    }
}
