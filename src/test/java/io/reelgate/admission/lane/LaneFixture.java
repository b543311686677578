package io.reelgate.admission.lane;

import io.reelgate.job.TransitionListener;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Lanes without the rest of the gateway, with the pauses that they have by default. */
public final class LaneFixture {

    private LaneFixture() {}

    /** The lanes on record in this database. */
    public static Lanes lanes(JdbcClient jdbc) {
        return new Lanes(
                jdbc,
                new HoldProperties(
                        false,
                        Duration.ofHours(24),
                        DataSize.ofMegabytes(16),
                        DataSize.ofGigabytes(2),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)));
    }

    /** What changes of jobs mean for these lanes. */
    public static TransitionListener changes(Lanes lanes) {
        return new LaneChanges(lanes);
    }
}
