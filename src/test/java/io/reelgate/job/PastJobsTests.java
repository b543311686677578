package io.reelgate.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.PastJobs.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({PostgresTestConfiguration.class, PastJobs.class})
class PastJobsTests {

    static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PastJobs past;

    @Test
    void tellsWhenOneInTwentyOfAKindHadSucceeded() {
        for (int seconds = 60; seconds <= 80; seconds++) {
            took("succeeded", "m", "5", "1280x720", seconds);
            took("succeeded", "m", "10", null, 2 * seconds);
            took("failed", "m", "5", "1280x720", 1);
        }
        took("succeeded", "rare", "5", null, 33);

        assertThat(past.earliestEnds(1_000, 20))
                .containsOnly(
                        java.util.Map.entry(new Kind("m", "5", "1280x720"), Duration.ofSeconds(61)),
                        java.util.Map.entry(new Kind("m", "10", null), Duration.ofSeconds(122)));
    }

    @Test
    void looksAtTheNewestOnly() {
        for (int i = 0; i < 20; i++) {
            took("succeeded", "m", "5", null, 100);
        }
        for (int i = 0; i < 20; i++) {
            took("succeeded", "m", "5", null, 40);
        }

        assertThat(past.earliestEnds(20, 20)).containsEntry(new Kind("m", "5", null), Duration.ofSeconds(40));
    }

    private Instant created = START;

    private void took(String status, String model, String length, @Nullable String size, int seconds) {
        created = created.plusMillis(1);
        var accepted = created.atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, seconds, size, status, created_at, accepted_at, finished_at)
                values (?, 'shop', ?, 'p', '{}', ?, ?, ?, ?, ?, ?)
                """)
                .params(JobId.next(created), model)
                .param(length)
                .param(size)
                .params(status, accepted, accepted, accepted.plusSeconds(seconds))
                .update();
    }
}
