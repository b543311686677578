package io.reelgate.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import(PostgresTestConfiguration.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class RetentionTests {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from film").update();
        jdbc.sql("delete from video_job").update();
    }

    @Test
    void deletesEndedJobsPastTheAgeWithTheirTimelines() {
        var old = job("succeeded", Duration.ofDays(31));
        var young = job("succeeded", Duration.ofDays(29));
        var slow = job("succeeded", Duration.ofDays(99), Duration.ofDays(29));

        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(1);

        assertThat(ids()).containsExactlyInAnyOrder(young, slow);
        assertThat(jdbc.sql("select count(*) from job_event where job_id = ?")
                        .param(old)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** Only its row tells where its film lies; the archive deletes that first, and the row with it. */
    @Test
    void keepsAJobWhoseFilmIsOnRecord() {
        var filmed = job("succeeded", Duration.ofDays(31));
        var bare = job("succeeded", Duration.ofDays(31));
        jdbc.sql("insert into film (job_id, link_ends_at) values (?, now())")
                .param(filmed)
                .update();

        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(1);
        assertThat(ids()).containsExactly(filmed).doesNotContain(bare);

        jdbc.sql("delete from film").update();
        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(1);
        assertThat(ids()).isEmpty();
    }

    /** Finished deliveries go with their jobs; who is still to be told is told first. */
    @Test
    void keepsAJobWhoseAppIsStillToBeTold() {
        var waiting = job("succeeded", Duration.ofDays(31));
        var told = job("succeeded", Duration.ofDays(31));
        jdbc.sql("""
                insert into delivery (id, job_id, app, url, origin, base_url, type, state, due_at) values
                  ('msg_1', ?, 'shop', 'http://a/', 'http://a:80', 'http://b', 'video.completed', 'waiting', now()),
                  ('msg_2', ?, 'shop', 'http://a/', 'http://a:80', 'http://b', 'video.completed', 'delivered', null)
                """).params(waiting, told).update();

        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(1);
        assertThat(ids()).containsExactly(waiting);

        jdbc.sql("update delivery set state = 'failed', due_at = null").update();
        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from delivery").query(Long.class).single())
                .isZero();
    }

    @Test
    void keepsWhatHasNotEndedHoweverOldItIs() {
        var kept = new String[] {
            job("submitting", Duration.ofDays(99)),
            job("queued", Duration.ofDays(98)),
            job("in_progress", Duration.ofDays(97)),
            job("unconfirmed", Duration.ofDays(96))
        };
        job("failed", Duration.ofDays(95));
        job("rejected", Duration.ofDays(94));
        job("unavailable", Duration.ofDays(93));
        job("expired", Duration.ofDays(92));

        retention(Duration.ofDays(30)).sweep();

        assertThat(ids()).containsExactlyInAnyOrder(kept);
    }

    @Test
    void goesOnUntilNothingIsLeftToDelete() {
        int jobs = 2 * Retention.BATCH + 1;
        for (int i = 0; i < jobs; i++) {
            job("succeeded", Duration.ofDays(31));
        }

        assertThat(retention(Duration.ofDays(30)).sweep()).isEqualTo(jobs);
        assertThat(ids()).isEmpty();
    }

    @Test
    void deletesNothingUnlessConfigured() {
        job("succeeded", Duration.ofDays(9_999));

        assertThat(retention(null).sweep()).isZero();
        assertThat(ids()).hasSize(1);
    }

    private Retention retention(@Nullable Duration age) {
        return new Retention(jdbc, Clock.fixed(NOW, ZoneOffset.UTC), new RetentionProperties(age));
    }

    private String job(String status, Duration age) {
        return job(status, age, JobStatus.of(status).ended() ? age : null);
    }

    /** A job that was created and, unless that is {@code null}, ended so long ago. */
    private String job(String status, Duration age, @Nullable Duration ended) {
        var at = NOW.minus(age);
        var id = JobId.next(at);
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, status, created_at)
                values (?, 'shop', 'm', 'p', '{}', ?, ?)
                """).params(id, status, at.atOffset(ZoneOffset.UTC)).update();
        if (ended != null) {
            jdbc.sql("update video_job set finished_at = ? where id = ?")
                    .params(NOW.minus(ended).atOffset(ZoneOffset.UTC), id)
                    .update();
        }
        jdbc.sql("insert into job_event (job_id, at, kind, detail) values (?, ?, 'submitted', '{}')")
                .params(id, at.atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    private Set<String> ids() {
        return jdbc.sql("select id from video_job")
                .query((row, _) -> row.getString(1))
                .set();
    }
}
