package io.reelgate.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.delivery.webhook.SecretRecord.Rotation;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretRecordTests {

    private static final Duration DAY = Duration.ofHours(24);

    private static final OwnDatabase database = new OwnDatabase();

    private final SecretRecord record = new SecretRecord(database.jdbc);

    @BeforeEach
    void empty() {
        database.jdbc.sql("delete from webhook_rotation").update();
        database.jdbc.sql("delete from webhook_secret").update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** One has made it and not committed yet when the others come. */
    @Test
    void allThatMakeTheGatewaysSecretAtOnceAgree() throws Exception {
        var made = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> database.transaction.execute(_ -> {
                var kept = record.kept();
                made.countDown();
                await(() -> blocked() >= 2);
                return kept;
            }));
            made.await();
            var others = new ArrayList<String>();
            for (var other : threads.invokeAll(java.util.List.<Callable<String>>of(record::kept, record::kept))) {
                others.add(other.get());
            }

            assertThat(others).containsOnly(first.get());
        }
        assertThat(record.kept()).hasSizeGreaterThan(40).isEqualTo(record.kept());
    }

    @Test
    void aRotationCountsAndItsSecretBeforeSignsForADay() {
        assertThat(record.rotation("shop", DAY)).isEqualTo(Rotation.NONE);

        assertThat(record.rotate("shop", null)).isTrue();
        assertThat(record.rotate("shop", null)).isTrue();

        var rotation = record.rotation("shop", DAY);
        assertThat(rotation.n()).isEqualTo(2);
        assertThat(rotation.previousUntil())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        assertThat(record.rotation("news", DAY)).isEqualTo(Rotation.NONE);

        database.jdbc
                .sql("update webhook_rotation set rotated_at = now() - interval '24 hours 1 second'")
                .update();
        assertThat(record.rotation("shop", DAY)).isEqualTo(new Rotation(2, null));
    }

    @Test
    void aSecondClickRotatesNothing() {
        assertThat(record.rotate("shop", 0)).isTrue();
        assertThat(record.rotate("shop", 0)).isFalse();
        assertThat(record.rotate("shop", 1)).isTrue();
        assertThat(record.rotate("news", 1)).isFalse();

        assertThat(record.rotation("shop", DAY).n()).isEqualTo(2);
        assertThat(record.rotation("news", DAY).n()).isZero();
    }

    private static int blocked() {
        return database.jdbc
                .sql(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                .query(Integer.class)
                .single();
    }

    private static void await(Callable<Boolean> condition) {
        org.awaitility.Awaitility.await().until(condition);
    }
}
