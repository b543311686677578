package io.reelgate.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.JobId;
import io.reelgate.job.stats.PastJobs.Kind;
import io.reelgate.job.stats.PastJobs.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
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
    static final Kind KIND = new Kind("m", "5", "1280x720");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PastJobs past;

    @Test
    void tellsWhenOneInTwentyAndHalfOfAKindHadSucceeded() {
        for (int seconds = 60; seconds <= 80; seconds++) {
            sample("succeeded", KIND, seconds, null);
            sample("succeeded", new Kind("m", "10", null), 2 * seconds, null);
            sample("failed", KIND, 1, null);
        }
        sample("succeeded", new Kind("rare", "5", null), 33, null);

        assertThat(past.paces(1_000, 100, 20))
                .containsOnly(
                        Map.entry(KIND, new Pace(Duration.ofSeconds(61), Duration.ofSeconds(70))),
                        Map.entry(
                                new Kind("m", "10", null), new Pace(Duration.ofSeconds(122), Duration.ofSeconds(140))));
    }

    @Test
    void looksAtTheNewestOfAKindOnlyAndNoFurtherBackThanItIsTold() {
        for (int i = 0; i < 20; i++) {
            sample("succeeded", KIND, 100, null);
        }
        for (int i = 0; i < 10; i++) {
            sample("succeeded", KIND, 40, null);
        }
        for (int i = 0; i < 7; i++) {
            sample("succeeded", new Kind("other", null, null), 9, null);
        }

        assertThat(past.paces(1_000, 10, 5)).containsEntry(KIND, pace(40));
        assertThat(past.paces(11, 10, 5)).containsOnlyKeys(new Kind("other", null, null));
    }

    /** Their first poll came late, and so did the news of their end. */
    @Test
    void learnsNothingFromJobsThatWereNotFollowedFromTheStart() {
        for (int i = 0; i < 10; i++) {
            job("succeeded", KIND, 90, null, "fff", Duration.ZERO);
        }
        assertThat(past.paces(1_000, 10, 5)).isEmpty();

        for (int i = 0; i < 5; i++) {
            sample("succeeded", KIND, 30, null);
        }
        assertThat(past.paces(1_000, 10, 5)).containsExactly(Map.entry(KIND, pace(30)));
    }

    @Test
    void believesTheUpstreamRatherThanThePoll() {
        for (int i = 0; i < 3; i++) {
            job("succeeded", KIND, 90, 20, "fff", Duration.ZERO);
            sample("succeeded", KIND, 26, 20);
        }

        assertThat(past.paces(1_000, 10, 5)).containsExactly(Map.entry(KIND, pace(20)));
    }

    /** It had begun long before, nobody knows when. */
    @Test
    void learnsNothingFromWhatOpsAttached() {
        for (int i = 0; i < 5; i++) {
            job("succeeded", KIND, 1, null, "000", Duration.ofMinutes(40));
        }

        assertThat(past.paces(1_000, 10, 5)).isEmpty();
    }

    private Instant created = START;

    private static Pace pace(int seconds) {
        return new Pace(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    }

    private void sample(String status, Kind kind, int seconds, @Nullable Integer told) {
        job(status, kind, seconds, told, "000", Duration.ZERO);
    }

    private void job(
            String status, Kind kind, int seconds, @Nullable Integer told, String digits, Duration acceptedAfter) {
        created = created.plusMillis(1);
        var accepted = created.plus(acceptedAfter).atOffset(ZoneOffset.UTC);
        var id = JobId.next(created);
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, seconds, size, status, created_at, accepted_at, finished_at, ended_at)
                values (?, 'shop', ?, 'p', '{}', ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(id.substring(0, id.length() - 3) + digits, kind.model())
                .param(kind.seconds())
                .param(kind.size())
                .params(status, created.atOffset(ZoneOffset.UTC), accepted, accepted.plusSeconds(seconds))
                .param(told == null ? null : accepted.plusSeconds(told))
                .update();
    }
}
