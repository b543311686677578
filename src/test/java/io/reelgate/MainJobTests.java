package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main job, end to end: a keyless job goes in, a video comes out. */
@FullStackTest
class MainJobTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @Test
    void aKeylessJobIsForwardedWithTheKeyByteForByteAndFollowedToItsEnd() {
        var body = GatewayClient.body("一款智能手表在白色展示台上缓慢旋转").replace(",", " ,\n");
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_1234567890"));
        upstream.onPoll("task_1234567890", Answer.ok("""
                        {"code":"success","data":{"status":"SUCCESS","progress":"100%","result_url":"https://cdn.example.com/a.mp4",
                        "data":{"usage":{"completion_tokens":108900}}}}"""));

        var answer = app.submit(body, "Authorization", "Bearer sk-of-the-app", "X-Reelgate-App", "shop");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.id()).matches("task_[0-9a-f]{32}");
        assertThat(answer.text("/status")).isEqualTo("queued");
        assertThat(upstream.submissions()).singleElement().satisfies(request -> {
            assertThat(request.text()).isEqualTo(body);
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + LedgerUpstream.KEY);
        });
        await().untilAsserted(() -> {
            var job = app.job(answer.id());
            assertThat(job.text("/status")).isEqualTo("completed");
            assertThat(job.text("/url")).isEqualTo("https://cdn.example.com/a.mp4");
            assertThat(job.text("/output/video_url")).isEqualTo("https://cdn.example.com/a.mp4");
            assertThat(job.body().at("/usage/completion_tokens").asInt()).isEqualTo(108900);
        });
        assertThat(app.job("task_1234567890").id()).isEqualTo(answer.id());
    }

    @Test
    void answersHaveALength() {
        var submitted = app.submit(GatewayClient.body("Ein Drache über 上海"));
        var id = submitted.id();
        for (var answer : List.of(
                submitted,
                app.job(id),
                app.job("task_none"),
                app.ops("/ops/api/jobs/" + id),
                app.ops("/ops/api/jobs"),
                app.ops("/ops/api/jobs/task_none"))) {
            var body = answer.http().body().getBytes(StandardCharsets.UTF_8);
            assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(body.length));
            assertThat(answer.http().headers().firstValue("Transfer-Encoding")).isEmpty();
        }
    }

    /** The five calls of the upstream's own page. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                {
                  "model": "doubao-seedance-2-0-fast",
                  "prompt": "一款智能手表在白色展示台上缓慢旋转，柔和棚拍光线，镜头平稳推进",
                  "seconds": "5",
                  "size": "480x854"
                }""", """
                {
                  "model": "doubao-seedance-2-0",
                  "prompt": "基于产品首帧生成一段展示视频，镜头缓慢推进，突出产品材质和屏幕细节",
                  "images": ["https://assets.example.com/product-watch.jpg"],
                  "seconds": "5",
                  "size": "720x1280"
                }""", """
                {"model":"doubao-seedance-2-0-fast","prompt":"一款智能手表在白色展示台上缓慢旋转","seconds":"5","size":"480x854"}""", """
                {"model":"doubao-seedance-2-0","prompt":"基于产品首帧","images":["https://assets.example.com/product-watch.jpg"]}""", """
                {
                  "model": "doubao-seedance-2-0",
                  "prompt": "让产品在展示台上缓慢旋转，背景保持简洁，画面稳定且突出品牌质感",
                  "images": ["https://assets.example.com/product-watch.jpg"],
                  "seconds": "6",
                  "size": "1080x1920",
                  "metadata": {
                    "content": [
                      {
                        "type": "image_url",
                        "image_url": { "url": "https://assets.example.com/product-watch.jpg" },
                        "role": "first_frame"
                      },
                      {
                        "type": "video_url",
                        "video_url": { "url": "https://assets.example.com/reference-motion.mp4" }
                      }
                    ]
                  }
                }"""})
    void theCallsOfTheUpstreamsPageGoThrough(String body) {
        var answer = app.submit(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(upstream.submissions())
                .singleElement()
                .extracting(LedgerUpstream.Request::text)
                .isEqualTo(body);
        assertThat(app.ops("/ops/api/jobs/" + answer.id()).http().body()).contains(body);
    }

    @ParameterizedTest
    @CsvSource({
        "a-wrapped-success, completed",
        "a-chained-success, completed",
        "a-wrapped-success-url-in-fail-reason, completed",
        "a-wrapped-failure, failed",
        "a-wrapped-failure-inner-running, failed",
        "b-simple-succeeded, completed",
        "b-simple-failed, failed",
        "c-flat-completed, completed",
        "c-flat-failed, failed",
        "d-video-completed, completed",
        "d-video-failed, failed",
        "e-page-completed, completed",
        "f-no-url-success, completed",
        "f-no-url-failure, failed"
    })
    void everyShapeOfAnEndIsUnderstood(String fixture, String status) throws Exception {
        var end = new ClassPathResource("io/reelgate/upstream/query/" + fixture + ".json")
                .getContentAsString(StandardCharsets.UTF_8);
        upstream.onPoll(request -> Answer.ok(end.replaceAll("\"task_[A-F]\"", "\"" + request.taskId() + "\"")));

        var id = app.submit(GatewayClient.body("kite")).id();

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo(status));
        var job = app.job(id);
        assertThat(job.text("/url").isEmpty()).isEqualTo(status.equals("failed"));
        assertThat(job.text("/error/message").isEmpty()).isEqualTo(status.equals("completed"));
        assertThat(tickets(id)).isZero();
    }

    @Test
    void progressOnlyGoesForward() {
        var id = submitted("task_progress");
        upstream.onPoll("task_progress", Answer.ok("{\"status\":\"running\",\"progress\":50}"));
        await().untilAsserted(() ->
                assertThat(app.job(id).body().path("progress").asInt()).isEqualTo(50));
        assertThat(app.job(id).text("/status")).isEqualTo("in_progress");

        upstream.onPoll("task_progress", Answer.ok("{\"status\":\"queued\",\"progress\":\"10%\"}"));
        pollsGoOn();

        assertThat(app.job(id).text("/status")).isEqualTo("in_progress");
        assertThat(app.job(id).body().path("progress").asInt()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | {\"error\":{\"message\":\"Invalid token\"}}",
                "402 | {\"error\":{\"code\":\"insufficient_quota\"}}",
                "403 | {\"error\":{\"message\":\"forbidden\"}}",
                "404 | <html>not here</html>",
                "500 | {\"status\":\"failed\"}",
                "200 | rubbish",
                "200 | {\"status\":\"levitating\"}",
                "0   | ``"
            })
    void aPollThatTellsNothingEndsNothing(int status, String body) {
        var id = submitted("task_silent");
        upstream.onPoll("task_silent", Answer.of(status, body));
        await().until(() -> upstream.polls().size() >= 2);

        assertThat(app.job(id).text("/status")).isIn("queued", "in_progress");
        assertThat(tickets(id)).isEqualTo(1);

        upstream.onPoll(
                "task_silent", Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        app.opsPost("/ops/api/jobs/" + id + "/poll", "");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            app.opsPost("/ops/api/jobs/" + id + "/poll", "");
            assertThat(app.job(id).text("/status")).isEqualTo("completed");
        });
    }

    @Test
    void aTaskThatIsMissingAgainAndAgainIsLostAndCanBeReopened() {
        var id = submitted("task_missing");
        upstream.onPoll("task_missing", Answer.of(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}"));

        await().untilAsserted(() -> assertThat(app.job(id).text("/error/code")).isEqualTo("task_lost"));
        assertThat(upstream.polls().size()).isGreaterThanOrEqualTo(5);

        upstream.onPoll(
                "task_missing", Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        assertThat(app.opsPost("/ops/api/jobs/" + id + "/resolution", "{\"action\":\"reopen\"}")
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
    }

    @Test
    void aFilmWithoutALinkIsStreamedWithTheKey() {
        var id = submitted("task_nolink");
        upstream.onPoll(
                "task_nolink", Answer.ok("{\"task_id\":\"task_nolink\",\"status\":\"SUCCESS\",\"progress\":\"100%\"}"));
        upstream.onContent(_ -> Answer.ok("film").with("Content-Type", "video/mp4"));
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));

        assertThat(app.job(id).text("/url")).endsWith("/v1/video/generations/" + id + "/content");
        var film = app.get("/v1/video/generations/" + id + "/content");

        assertThat(film.http().body()).isEqualTo("film");
        assertThat(film.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(upstream.polls().getLast().path()).isEqualTo("/v1/videos/task_nolink/content");
        assertThat(upstream.polls().getLast().header("Authorization")).isEqualTo("Bearer " + LedgerUpstream.KEY);
    }

    @Test
    void aFilmIsRedirectedToWhileItsLinkLives() {
        var id = submitted("task_film");
        assertThat(app.get("/v1/video/generations/" + id + "/content").text("/error/code"))
                .isEqualTo("not_completed");
        upstream.onPoll("task_film", Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));

        var film = app.get("/v1/video/generations/" + id + "/content");
        assertThat(film.status()).isEqualTo(302);
        assertThat(film.header("Location")).isEqualTo("https://cdn.example.com/a.mp4");

        jdbc.sql("update video_job set url_expires_at = '2020-01-01' where id = ?")
                .param(id)
                .update();
        assertThat(app.get("/v1/video/generations/" + id + "/content").text("/error/code"))
                .isEqualTo("expired");
    }

    @Test
    void anAppListsItsOwnJobsPageByPage() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(app.submit(GatewayClient.body("kite " + i), "X-Reelgate-App", "lister")
                    .id());
        }
        app.submit(GatewayClient.body("not yours"), "X-Reelgate-App", "other");

        var first = app.get("/v1/video/generations?limit=2", "X-Reelgate-App", "lister");
        var second =
                app.get("/v1/video/generations?limit=2&after=" + first.text("/last_id"), "X-Reelgate-App", "lister");

        assertThat(first.body().path("has_more").asBoolean()).isTrue();
        assertThat(second.body().path("has_more").asBoolean()).isFalse();
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        first.text("/data/0/id"), first.text("/data/1/id"), second.text("/data/0/id"));
        assertThat(app.get("/v1/video/generations?status=failed", "X-Reelgate-App", "lister")
                        .body()
                        .path("data"))
                .isEmpty();
        assertThat(app.get("/v1/video/generations?status=lost").text("/error/param"))
                .isEqualTo("status");
        assertThat(app.get("/v1/video/generations?limit=101").text("/error/param"))
                .isEqualTo("limit");
        assertThat(app.get("/v1/video/generations?after=x").text("/error/param"))
                .isEqualTo("after");
    }

    private String submitted(String taskId) {
        upstream.onSubmit(_ -> LedgerUpstream.accepted(taskId));
        jdbc.sql("delete from video_job where upstream_task_id = ?")
                .param(taskId)
                .update();
        return app.submit(GatewayClient.body("kite")).id();
    }

    private void pollsGoOn() {
        int before = upstream.polls().size();
        await().until(() -> upstream.polls().size() >= before + 3);
    }

    private long tickets(String id) {
        return jdbc.sql("select count(*) from poll_ticket where job_id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }
}
