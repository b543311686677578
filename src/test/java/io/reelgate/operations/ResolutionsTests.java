package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.Timeline;
import io.reelgate.operations.Resolutions.Resolver;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ops may do to which job, and that nothing changes where they may not. */
@FullStackTest
class ResolutionsTests {

    private static final Resolver RESOLVER = new Resolver("ops", "seen on the bill");

    @Autowired
    Resolutions resolutions;

    @Autowired
    Timeline timeline;

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @ParameterizedTest
    @CsvSource({
        // status, error code, attach, lost, reopen
        "submitting, , false, false, false",
        "queued, , false, false, false",
        "in_progress, , false, false, false",
        "succeeded, , false, false, false",
        "rejected, insufficient_quota, false, false, false",
        "unavailable, upstream_unavailable, false, false, false",
        "failed, content_policy, false, false, false",
        "failed, task_lost, true, false, true",
        "failed, submission_lost, true, false, true",
        "failed, submission_unconfirmed, true, false, true",
        "expired, expired, true, false, true",
        "unconfirmed, outcome_unknown, true, true, false"
    })
    void eachActIsForSomeStatuses(String status, String errorCode, boolean attach, boolean lost, boolean reopen) {
        var task = "task_" + status + errorCode;
        assertThat(done(() -> resolutions.attach(job(status, errorCode), task, RESOLVER)))
                .isEqualTo(attach);
        assertThat(done(() -> resolutions.lost(job(status, errorCode), RESOLVER)))
                .isEqualTo(lost);
        assertThat(done(() -> resolutions.reopen(job(status, errorCode), RESOLVER)))
                .isEqualTo(reopen);
    }

    @Test
    void aReopenedJobIsFollowedToItsEnd() {
        var id = job("expired", "expired");
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));

        resolutions.reopen(id, RESOLVER);

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        assertThat(app.job(id).body().path("error").isNull()).isTrue();
        assertThat(timeline.of(id)).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo("reopened");
            assertThat(event.detail()).containsEntry("by", "ops").containsEntry("note", "seen on the bill");
        });
    }

    @Test
    void aJobWithoutATaskCannotBeReopened() {
        var id = job("failed", "submission_lost");
        jdbc.sql("update video_job set upstream_task_id = null").update();

        assertThat(status(() -> resolutions.reopen(id, RESOLVER))).isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void aTaskOfAnotherJobIsNotAttached() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_theirs"));
        app.submit(GatewayClient.body("theirs"));
        var id = job("unconfirmed", "outcome_unknown");
        var before = events(id);

        assertThat(status(() -> resolutions.attach(id, "task_theirs", RESOLVER)))
                .isEqualTo(HttpStatus.CONFLICT);

        assertThat(app.job(id).text("/status")).isEqualTo("unknown");
        assertThat(events(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 429, 500, 0})
    void aTaskThatTheUpstreamDoesNotDescribeIsNotAttached(int status) {
        var id = job("unconfirmed", "outcome_unknown");
        upstream.onPoll("task_doubt", Answer.of(status, "{\"error\":{\"message\":\"task not found\"}}"));

        assertThat(status(() -> resolutions.attach(id, "task_doubt", RESOLVER)))
                .isIn(HttpStatus.UNPROCESSABLE_CONTENT, HttpStatus.BAD_GATEWAY);

        assertThat(app.job(id).text("/status")).isEqualTo("unknown");
    }

    @Test
    void declaringAJobLostFreesItsKey() {
        upstream.onSubmit(_ -> Answer.hangUp());
        var id = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k").id();
        upstream.reset();

        resolutions.lost(id, RESOLVER);

        assertThat(app.job(id).text("/error/code")).isEqualTo("submission_lost");
        assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k")
                        .id())
                .isNotEqualTo(id);
    }

    @Test
    void aJobThatIsNotThereCannotBeSettled() {
        assertThat(status(() -> resolutions.lost("task_none", RESOLVER))).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(status(() -> resolutions.pollNow("task_none", RESOLVER))).isEqualTo(HttpStatus.NOT_FOUND);
    }

    private static boolean done(Supplier<JobView> resolution) {
        return status(resolution) == HttpStatus.OK;
    }

    /** With which status ops are told what came of it. */
    private static HttpStatus status(Supplier<JobView> resolution) {
        try {
            var _ = resolution.get();
            return HttpStatus.OK;
        } catch (OpsProblem problem) {
            return problem.status();
        }
    }

    /** A job in this state, with an upstream id, as if it had come there in its own way. */
    private String job(String status, String errorCode) {
        var id = app.submit(GatewayClient.body("kite")).id();
        if (!status.equals("queued") && !status.equals("in_progress")) {
            jdbc.sql("delete from poll_ticket where job_id = ?").param(id).update();
        }
        jdbc.sql("update video_job set status = ?, error_code = ?, error_message = 'why' where id = ?")
                .params(status, errorCode, id)
                .update();
        return id;
    }

    private long events(String id) {
        return timeline.of(id).size();
    }
}
