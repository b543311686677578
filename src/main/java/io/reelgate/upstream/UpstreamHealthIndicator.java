package io.reelgate.upstream;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The health component {@code upstream}: down while no job gets through: key, address or network. */
@Component
class UpstreamHealthIndicator implements HealthIndicator {

    private final UpstreamHealth upstream;

    UpstreamHealthIndicator(UpstreamHealth upstream) {
        this.upstream = upstream;
    }

    @Override
    public Health health() {
        var health = upstream.isDown() ? Health.down() : Health.up();
        return health.withDetails(upstream.details()).build();
    }
}
