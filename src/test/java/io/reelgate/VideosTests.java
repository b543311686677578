package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.api.videos.Form;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The second door, end to end: what the SDKs for OpenAI's Videos send, and what they get. */
@FullStackTest
class VideosTests {

    private static final String PATH = "/v1/videos";
    private static final String BODY = GatewayClient.body("kite");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @Test
    void jsonOfTheUpstreamGoesOnByteForByte() {
        var body = BODY.replace(",", " ,\n").replace("}", ",\"metadata\":{\"seed\":7}}");

        var answer = post(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sent()).isEqualTo(body);
    }

    @Test
    void aJobIsAnsweredAsAVideo() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_1234567890"));
        upstream.onPoll(
                "task_1234567890",
                Answer.ok(
                        "{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4?X-Amz-Date=20990101T000000Z"
                                + "&X-Amz-Expires=86400\"}"));

        var submitted = post(BODY);
        await().untilAsserted(
                        () -> assertThat(video(submitted.id()).text("/status")).isEqualTo("completed"));

        var video = video(submitted.id());
        assertThat(names(submitted.body())).isEqualTo(names(video.body()));
        assertThat(names(video.body()))
                .containsExactly(
                        "id",
                        "object",
                        "model",
                        "status",
                        "progress",
                        "created_at",
                        "completed_at",
                        "expires_at",
                        "prompt",
                        "seconds",
                        "size",
                        "error",
                        "remixed_from_video_id");
        assertThat(submitted.text("/status")).isEqualTo("queued");
        assertThat(submitted.text("/prompt")).isEqualTo("kite");
        assertThat(video.text("/object")).isEqualTo("video");
        assertThat(video.text("/model")).isEqualTo("doubao-seedance-2-0-fast");
        assertThat(video.body().path("progress").asInt()).isEqualTo(100);
        assertThat(video.body().path("completed_at").asLong()).isPositive();
        assertThat(video.body().path("expires_at").asLong()).isPositive();
        assertThat(video.body().path("seconds").isString()).isTrue();
        assertThat(video.text("/seconds")).isEqualTo("5");
        assertThat(video.text("/size")).isEqualTo("480x854");
        assertThat(video.body().path("error").isNull()).isTrue();
        assertThat(video.body().path("remixed_from_video_id").isNull()).isTrue();
        assertThat(video("task_1234567890").id()).isEqualTo(submitted.id());
    }

    @Test
    void aFormIsAJob() {
        var answer = post(Form.of("x").text("seconds", "5").file("input_reference", Form.PNG));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/seconds")).isEqualTo("5");
        assertThat(answer.body().path("size").isNull()).isTrue();
        assertThat(sent())
                .isEqualTo("{\"first_frame_image\":\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Form.PNG)
                        + "\",\"model\":\"doubao-seedance-2-0-fast\",\"prompt\":\"a kite\",\"seconds\":\"5\"}");
        assertThat(jdbc.sql("select request from video_job").query(String.class).single())
                .contains("[image/png: " + Form.PNG.length + " bytes, sha256 ");
    }

    @Test
    void aReferenceBecomesAPicture() {
        var answer = post("{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"kite\",\"seconds\":8,"
                + "\"input_reference\":{\"image_url\":\"https://a.example/b.png\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/seconds")).isEqualTo("8");
        assertThat(sent())
                .contains("\"images\":[\"https://a.example/b.png\"]", "\"seconds\":\"8\"")
                .doesNotContain("reference");
    }

    @Test
    void jobsOfEitherDoorAreSeenFromBoth() {
        var first = app.submit(BODY, "X-Reelgate-App", "shop").id();
        var second = post(BODY, "X-Reelgate-App", "shop").id();
        app.submit(BODY, "X-Reelgate-App", "other");

        var list = app.get(PATH, "X-Reelgate-App", "shop");

        assertThat(names(list.body())).containsExactly("object", "data", "first_id", "last_id", "has_more");
        assertThat(ids(list)).containsExactly(second, first);
        assertThat(names(list.body().path("data").path(0)))
                .isEqualTo(names(video(first).body()));
        assertThat(list.body().at("/data/0/prompt").asString()).isEqualTo("kite");
        assertThat(ids(app.get(GatewayClient.PATH, "X-Reelgate-App", "shop"))).containsExactly(second, first);
        assertThat(app.job(second).text("/task_id")).isEqualTo(second);
        assertThat(video(first).text("/prompt")).isEqualTo("kite");
    }

    @Test
    void listsAreReadPageByPageInEitherOrder() {
        var ids = List.of(post(BODY).id(), post(BODY).id(), post(BODY).id());

        for (var order : List.of("asc", "desc")) {
            var expected = order.equals("asc") ? ids : ids.reversed();
            var page = app.get(PATH + "?limit=2&order=" + order);
            assertThat(ids(page)).isEqualTo(expected.subList(0, 2));
            assertThat(page.body().path("has_more").asBoolean()).isTrue();
            assertThat(page.text("/first_id")).isEqualTo(expected.getFirst());
            assertThat(page.text("/last_id")).isEqualTo(expected.get(1));
            var rest = app.get(PATH + "?limit=2&order=" + order + "&after=" + expected.get(1));
            assertThat(ids(rest)).containsExactly(expected.getLast());
            assertThat(rest.body().path("has_more").asBoolean()).isFalse();
        }
        var none = app.get(PATH, "X-Reelgate-App", "nobody");
        assertThat(none.body().path("data").isEmpty()).isTrue();
        assertThat(none.body().path("last_id").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=101, limit", "limit=x, limit", "order=up, order", "after=x, after"})
    void aListThatCannotBeMeantIsRefused(String query, String param) {
        var answer = app.get(PATH + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
    }

    @Test
    void longPromptsAreCutInAnswers() {
        var id = post(GatewayClient.body("猫".repeat(5_000))).id();

        assertThat(video(id).text("/prompt")).isEqualTo("猫".repeat(4_000) + "…");
        assertThat(app.get(PATH).text("/data/0/prompt")).isEqualTo("猫".repeat(500) + "…");
    }

    /** SDKs know four words, and give up at any other. */
    @Test
    void aLostAnswerIsInProgress() {
        upstream.onSubmit(_ -> Answer.ok("rubbish"));

        var answer = post(BODY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("in_progress");
        assertThat(video(answer.id()).text("/status")).isEqualTo("in_progress");
        assertThat(video(answer.id()).body().path("error").isNull()).isTrue();
        assertThat(app.job(answer.id()).text("/status")).isEqualTo("unknown");
    }

    @Test
    void aFailedJobSaysWhy() {
        upstream.onPoll(
                _ -> Answer.ok("{\"status\":\"failed\",\"error\":{\"code\":\"odd\",\"message\":\"too windy\"}}"));
        var id = post(BODY).id();

        await().untilAsserted(() -> assertThat(video(id).text("/status")).isEqualTo("failed"));

        assertThat(video(id).text("/error/message")).isEqualTo("too windy");
        assertThat(names(video(id).body().path("error"))).containsExactly("code", "message");
    }

    @Test
    void theFilmIsAtContent() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\"}"));
        upstream.onContent(_ -> Answer.ok("the film").with("Content-Type", "video/mp4"));
        var id = post(BODY).id();
        await().untilAsserted(() -> assertThat(video(id).text("/status")).isEqualTo("completed"));

        assertThat(app.get(PATH + "/" + id + "/content").http().body()).isEqualTo("the film");
        assertThat(app.get(PATH + "/" + id + "/content?variant=video").status()).isEqualTo(200);
        var thumbnail = app.get(PATH + "/" + id + "/content?variant=thumbnail");
        assertThat(thumbnail.status()).isEqualTo(400);
        assertThat(thumbnail.text("/error/param")).isEqualTo("variant");
    }

    @Test
    void aFilmThatIsNotThereYetIsNotAskedForAgainByItself() {
        var answer = app.get(PATH + "/" + post(BODY).id() + "/content");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void aJobThatWasSentIsNotCancelled() {
        var id = post(BODY, "X-Reelgate-App", "shop").id();

        var answer = delete(id, "shop");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/error/code")).isEqualTo("not_cancellable");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(delete(id, "other").status()).isEqualTo(404);
        assertThat(delete("task_0", "shop").text("/error/code")).isEqualTo("task_not_found");
        assertThat(video(id).text("/status")).isEqualTo("queued");
    }

    @Test
    void aKeyMakesARepeatOfAFormHarmlessWhateverItsBoundary() {
        var first = post(Form.of("one").file("input_reference", Form.PNG), "Idempotency-Key", "k");
        var again = post(
                new Form("other")
                        .file("input_reference", Form.PNG)
                        .text("model", "doubao-seedance-2-0-fast")
                        .text("prompt", "a kite"),
                "Idempotency-Key",
                "k");
        var another = post(Form.of("one"), "Idempotency-Key", "k");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(another.status()).isEqualTo(422);
        assertThat(another.text("/error/code")).isEqualTo("idempotency_key_reused");
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void whoWouldWaitWaits() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\"}"));

        var answer = post(Form.of("x"), "Prefer", "wait=60");
        var found = app.get(PATH + "/" + answer.id(), "Prefer", "wait=60");

        assertThat(answer.text("/status")).isEqualTo("completed");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(answer.text("/prompt")).isEqualTo("a kite");
        assertThat(found.body()).isEqualTo(answer.body());
        assertThat(post(BODY, "Prefer", "nonsense").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "402, 402, insufficient_quota, false",
        "400, 400, upstream_refused, false",
        "401, 502, upstream_key_refused, false",
        "404, 502, upstream_misconfigured, false",
        "429, 429, rate_limited, ''"
    })
    void aRefusalIsInTheEnvelopeAndRepeatedByNoSdkUnlessThatHelps(int said, int status, String code, String retry) {
        upstream.onSubmit(_ -> Answer.of(said, "{\"error\":{\"message\":\"no\"}}"));

        var answer = post(Form.of("x"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(names(answer.body().path("error"))).contains("message", "type", "code", "param");
        if (!code.equals("upstream_refused")) {
            assertThat(answer.text("/error/code")).isEqualTo(code);
        }
        assertThat(answer.header("x-should-retry")).isEqualTo(retry);
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void whatIsWrongIsNamedAndBuysNothing() {
        var answer = post(Form.of("x").file("input_reference", "<html>".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo("input_reference");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(post(Form.of("x").text("quality", "hd")).text("/error/param"))
                .isEqualTo("quality");
        assertThat(post(BODY, "X-Reelgate-Webhook", "ftp://a").text("/error/param"))
                .isEqualTo("X-Reelgate-Webhook");
        assertThat(post(BODY, "X-Reelgate-App", "no spaces").text("/error/param"))
                .isEqualTo("X-Reelgate-App");
        assertThat(post(Form.of("x"), "Idempotency-Key", "a b").text("/error/param"))
                .isEqualTo("Idempotency-Key");
        assertThat(upstream.submissions()).isEmpty();
        assertThat(app.get(PATH).body().path("data").isEmpty()).isTrue();
    }

    /** A form is what a page can send to anybody without being asked. */
    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void aFormOfAForeignPageIsRefused(String header, String value) {
        var answer = post(Form.of("x"), header, value);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/error/code")).isEqualTo("origin_not_allowed");
        assertThat(upstream.submissions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {GatewayClient.PATH, PATH + "/edits", PATH + "/task_1/remix", "/v1/nothing"})
    void noOtherRouteTakesForms(String path) {
        var answer = send(path, Form.of("x"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("/error/code")).isEqualTo("unsupported_media_type");
        assertThat(upstream.submissions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/mixed; boundary=x", "application/x-www-form-urlencoded", "text/plain", "nonsense"})
    void nothingElseIsTaken(String type) {
        var answer = app.send(app.request(PATH)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(Form.of("x").end())));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("/error/message")).contains("multipart/form-data");
    }

    private GatewayClient.Answer post(String body, String... headers) {
        var request =
                app.request(PATH).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return app.send(headers.length == 0 ? request : request.headers(headers));
    }

    private GatewayClient.Answer post(Form form, String... headers) {
        return send(PATH, form, headers);
    }

    private GatewayClient.Answer send(String path, Form form, String... headers) {
        var request =
                app.request(path).header("Content-Type", form.type()).POST(BodyPublishers.ofByteArray(form.end()));
        return app.send(headers.length == 0 ? request : request.headers(headers));
    }

    private GatewayClient.Answer delete(String id, String name) {
        return app.send(
                app.request(PATH + "/" + id).header("X-Reelgate-App", name).DELETE());
    }

    private GatewayClient.Answer video(String id) {
        return app.get(PATH + "/" + id);
    }

    private String sent() {
        assertThat(upstream.submissions()).hasSize(1);
        return upstream.submissions().getFirst().text();
    }

    private static List<String> ids(GatewayClient.Answer list) {
        var ids = new ArrayList<String>();
        list.body().path("data").forEach(job -> ids.add(job.path("id").asString()));
        return ids;
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }
}
