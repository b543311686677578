package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.job.JobEvent;
import io.reelgate.job.store.Timeline;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Two jobs whose answers are swapped on their way, as by a connection that is one answer behind. */
@FullStackTest
@DirtiesContext // For minutes its console says that answers are mixed up.
class SwappedAnswersTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Timeline timeline;

    @Autowired
    GatewayClient app;

    /** Ids of one kind, which tell by their form that they are two tasks; and of two kinds, which only the record knows. */
    @ParameterizedTest
    @CsvSource({
        "task_0a1b2c, task_9z8y7x",
        "9f1c2a7e-0b1d-4c7a-8a43-2f6b1f0c9d11, 0d6f3b52-91aa-4e0c-b1f4-6b9f00c2a7ee",
        "4711000001, 4711000002",
        "alpha-1, beta-22"
    })
    void neitherJobGetsTheOthersFilmAndBothCompleteOnceTheUpstreamIsMended(String one, String other) {
        var ids = new ArrayDeque<>(List.of(one, other));
        upstream.onSubmit(_ -> LedgerUpstream.accepted(ids.remove()));
        upstream.onPoll(one, film(other));
        upstream.onPoll(other, film(one));
        var first = app.submit(GatewayClient.body("kite")).id();
        var second = app.submit(GatewayClient.body("watch")).id();

        await().until(() -> tickets("failures >= 2 and not running and progress = 0") == 2);
        assertThat(List.of(first, second)).allSatisfy(id -> {
            assertThat(app.job(id).text("/status")).isEqualTo("queued");
            assertThat(kinds(id)).containsExactly("submitted", "accepted");
        });

        assertThat(app.ops("/ops").http().body()).contains("answers polls with other tasks");

        upstream.onPoll(one, film(one));
        upstream.onPoll(other, film(other));

        await().untilAsserted(() -> {
            assertThat(app.job(first).text("/url")).isEqualTo(address(one));
            assertThat(app.job(second).text("/url")).isEqualTo(address(other));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_told", "cgt-theirs"})
    void anAnswerThatNamesAnotherTaskConfirmsNoAttachment(String told) {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("cgt-theirs"));
        app.submit(GatewayClient.body("theirs"));
        upstream.onSubmit(_ -> Answer.hangUp());
        var id = app.submit(GatewayClient.body("ours")).id();
        upstream.onPoll("task_asked", running(told));

        var refused = attach(id);

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.text("/detail")).contains(told);
        assertThat(app.job(id).text("/status")).isEqualTo("unknown");

        upstream.onPoll("task_asked", running("cgt-own"));
        assertThat(attach(id).status()).isEqualTo(200);
    }

    private GatewayClient.Answer attach(String id) {
        return app.opsPost(
                "/ops/api/jobs/" + id + "/resolution", "{\"action\":\"attach\",\"upstream_task_id\":\"task_asked\"}");
    }

    private static Answer running(String taskId) {
        return Answer.ok("{\"id\":\"" + taskId + "\",\"status\":\"running\"}");
    }

    private static Answer film(String taskId) {
        return Answer.ok("""
                {"code":"success","data":{"id":4711,"task_id":"%s","status":"SUCCESS","progress":"100%%","result_url":"%s",
                "data":{"id":"cgt-1","status":"succeeded"}}}""".formatted(taskId, address(taskId)));
    }

    private static String address(String taskId) {
        return "https://cdn.example.com/" + taskId + ".mp4";
    }

    private long tickets(String condition) {
        return jdbc.sql("select count(*) from poll_ticket where " + condition)
                .query(Long.class)
                .single();
    }

    private List<String> kinds(String id) {
        return timeline.of(id).stream().map(JobEvent::kind).toList();
    }
}
