package io.reelgate.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelgate.MutableClock;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names are what callers say, so there is an end to those that are kept. */
class SeenAppsTests {

    private static OwnDatabase database;

    private final MutableClock clock = new MutableClock();
    private SeenApps seen;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void forget() {
        seen = new SeenApps(database.jdbc, clock);
        database.jdbc.sql("truncate app_seen").update();
    }

    @Test
    void remembersTheFirstTimeAndTheLast() {
        var first = clock.instant();
        seen.note("shop");
        seen.write();
        clock.advance(Duration.ofMinutes(1));
        seen.note("shop");
        seen.note("adverts");
        seen.write();

        assertThat(seen.waiting()).isZero();
        assertThat(seen.all()).containsOnlyKeys("shop", "adverts");
        var shop = seen.find("shop").orElseThrow();
        assertThat(shop.first()).isCloseTo(first, within(1, ChronoUnit.MILLIS));
        assertThat(Duration.between(shop.first(), shop.last())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void keepsNoMoreThanAThousandNames() {
        for (int i = 0; i < SeenApps.MOST + 50; i++) {
            seen.note("app-" + i);
        }
        assertThat(seen.waiting()).isEqualTo(SeenApps.MOST);
        seen.write();
        assertThat(seen.all()).hasSize(SeenApps.MOST);

        seen.note("one-more");
        seen.note("app-7");
        clock.advance(Duration.ofMinutes(1));
        seen.note("app-7");
        seen.write();

        assertThat(seen.waiting()).isZero();
        assertThat(seen.all()).hasSize(SeenApps.MOST).doesNotContainKey("one-more");
        var known = Objects.requireNonNull(seen.all().get("app-7"));
        assertThat(known.last()).isAfter(known.first());
    }

    @Test
    void keepsWhatItCouldNotWrite() {
        seen.note("shop");
        database.jdbc.sql("alter table app_seen rename to app_seen_away").update();
        try {
            seen.write();
        } finally {
            database.jdbc.sql("alter table app_seen_away rename to app_seen").update();
        }
        assertThat(seen.waiting()).isEqualTo(1);
        seen.write();
        assertThat(seen.all()).containsOnlyKeys("shop");
    }
}
