package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ops see of a job that nobody hears of, and of one that takes far too long. */
@FullStackTest
class StalledJobsTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CompletionEstimates estimates;

    @Autowired
    GatewayClient app;

    @BeforeEach
    void begin() {
        await().untilAsserted(() -> assertThat(app.ops("/ops/api/stats")
                                .body()
                                .at("/now/silent")
                                .asLong()
                        + app.ops("/ops/api/stats").body().at("/now/slow").asLong())
                .isZero());
    }

    /** Or the next test's jobs of this kind would be asked for late. */
    @AfterEach
    void forget() {
        jdbc.sql("truncate video_job cascade").update();
        estimates.refresh();
    }

    @Test
    void aJobOfWhichPollsTellNothingForLongIsAnAlarm() {
        upstream.onPoll(_ -> Answer.of(502, "<b>bad</b> gateway"));
        var id = app.submit(GatewayClient.body("a silent kite")).id();
        await().until(() -> tickets("failures >= 2 and silent_since is not null") == 1);
        assertThat(page("/ops")).doesNotContain("told nothing");
        var job = page("/ops/jobs/" + id);
        assertThat(job).contains("Polls have told nothing since").contains("HTTP 502");

        jdbc.sql("update poll_ticket set silent_since = now() - interval '16 minutes'")
                .update();

        await().untilAsserted(() -> assertThat(page("/ops"))
                .contains("Polls of 1 job have told nothing for 15 minutes", "href=\"/ops/stalled\"", "light ill"));
        assertThat(inChinese("/ops")).contains("1 个任务的查询已有 15 分钟没有任何结果");
        assertThat(page("/ops/stalled")).contains("a silent kite", "HTTP 502", "/ops/jobs/" + id);
        assertThat(app.ops("/ops/api/stats").body().at("/now/silent").asLong()).isEqualTo(1);
        assertThat(app.ops("/ops/api/jobs/" + id).text("/silence/reason")).contains("HTTP 502");
        assertThat(Instant.parse(app.ops("/ops/api/jobs/" + id).text("/silence/since")))
                .isBefore(Instant.now().minusSeconds(900));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape()).contains("reelgate_jobs_silent 1.0"));

        upstream.onPoll(_ -> Answer.ok("{\"status\":\"running\",\"progress\":5}"));
        app.opsPost("/ops/api/jobs/" + id + "/poll", "");

        await().untilAsserted(() -> {
            assertThat(page("/ops")).doesNotContain("told nothing");
            assertThat(page("/ops/jobs/" + id)).doesNotContain("told nothing");
        });
        assertThat(app.ops("/ops/api/jobs/" + id).body().path("silence").isNull())
                .isTrue();
    }

    @Test
    void aJobThatTakesTwentyTimesAsLongAsItsKindIsNoticed() {
        learned("doubao-seedance-2-0-fast", 30);
        estimates.refresh();
        var id = app.submit(GatewayClient.body("a slow kite")).id();
        var young = app.submit(GatewayClient.body("a young kite")).id();
        age(id, "11 minutes");
        age(young, "9 minutes");

        await().untilAsserted(() -> assertThat(page("/ops"))
                .contains("1 job takes 20 times as long as others of the same kind", "href=\"/ops/stalled#slow\"")
                .contains("alarm notice"));
        assertThat(inChinese("/ops")).contains("1 个任务的用时已达同类任务的 20 倍");
        assertThat(page("/ops/stalled")).contains("a slow kite").doesNotContain("a young kite");
        assertThat(page("/ops/jobs/" + id)).contains("others of its kind usually take 30 s");
        assertThat(page("/ops/jobs/" + young)).doesNotContain("others of its kind");
        assertThat(app.ops("/ops/api/stats").body().at("/now/slow").asLong()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape()).contains("reelgate_jobs_slow 1.0"));
    }

    /** Enough jobs of this kind that took so long, by the upstream's word. */
    private void learned(String model, int seconds) {
        var at = Instant.now().minusSeconds(3_600).atOffset(ZoneOffset.UTC);
        for (int i = 0; i < 5; i++) {
            jdbc.sql("""
                    insert into video_job (id, app, model, prompt, request, seconds, size, status, created_at, accepted_at, finished_at, ended_at)
                    values (?, 'shop', ?, 'p', '{}', '5', '480x854', 'succeeded', ?, ?, ?, ?)
                    """)
                    .params("task_%032x".formatted(i), model, at, at, at.plusSeconds(40), at.plusSeconds(seconds))
                    .update();
        }
    }

    private void age(String id, String age) {
        jdbc.sql("update poll_ticket set tracked_since = now() - ?::interval where job_id = ?")
                .params(age, id)
                .update();
    }

    private long tickets(String condition) {
        return jdbc.sql("select count(*) from poll_ticket where " + condition)
                .query(Long.class)
                .single();
    }

    private String page(String path) {
        return app.ops(path).http().body();
    }

    private String inChinese(String path) {
        var login = Base64.getEncoder().encodeToString("ops:test-ops".getBytes(StandardCharsets.UTF_8));
        return app.get(path, "Authorization", "Basic " + login, "Accept-Language", "zh-CN")
                .http()
                .body();
    }

    private String scrape() {
        return app.ops("/actuator/prometheus").http().body();
    }
}
