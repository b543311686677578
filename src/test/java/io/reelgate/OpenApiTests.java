package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Holds the description of the API to what the gateway really answers. */
@FullStackTest
class OpenApiTests {

    private static final String SUBMIT = "/paths/~1v1~1video~1generations/post";
    private static final String FIND = "/paths/~1v1~1video~1generations~1{id}/get";
    private static final String CONTENT = "/paths/~1v1~1video~1generations~1{id}~1content/get";

    @Autowired
    LedgerUpstream upstream;

    GatewayClient app;
    JsonNode api;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        upstream.reset();
        app = new GatewayClient(port);
        api = app.get("/v3/api-docs").body();
    }

    @Test
    void describesEveryRouteOfBothApis() {
        assertThat(names(api.path("paths")))
                .contains(
                        "/v1/video/generations",
                        "/v1/video/generations/{id}",
                        "/v1/video/generations/{id}/content",
                        "/ops/api/jobs",
                        "/ops/api/jobs/{id}",
                        "/ops/api/jobs.csv",
                        "/ops/api/jobs/{id}/poll",
                        "/ops/api/jobs/{id}/resolution",
                        "/ops/api/quota-incidents",
                        "/ops/api/stats",
                        "/ops/api/pause")
                .noneMatch(path -> path.startsWith("/sandbox"));
        assertThat(names(api.at(SUBMIT + "/requestBody/content/application~1json/schema/properties")))
                .contains("model", "prompt", "seconds", "metadata");
    }

    @Test
    void describesTheAnswersAsTheyAre() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_described"));
        upstream.onPoll(
                "task_described", Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        var submitted = app.submit(GatewayClient.body("kite"));
        await().untilAsserted(() ->
                assertThat(app.job(submitted.id()).text("/status")).isEqualTo("completed"));

        assertDescribed(SUBMIT, submitted);
        assertDescribed(FIND, app.job(submitted.id()));
    }

    @Test
    void describesTheErrorsAsTheyAre() {
        assertDescribed(SUBMIT, app.submit("{}"));
        assertDescribed(SUBMIT, app.submit(GatewayClient.body("kite"), "Origin", "https://evil.example"));
        for (int status : new int[] {402, 429, 401, 404}) {
            upstream.onSubmit(_ -> Answer.of(status, "{}"));
            assertDescribed(SUBMIT, app.submit(GatewayClient.body("kite")));
        }
        assertDescribed(FIND, app.job("task_0"));
        assertDescribed(CONTENT, app.get(GatewayClient.PATH + "/task_0/content"));
        upstream.reset();
        var queued = app.submit(GatewayClient.body("kite")).id();
        assertDescribed(CONTENT, app.get(GatewayClient.PATH + "/" + queued + "/content"));
    }

    /** The status is listed, the body has the schema's fields and no others, and an error's code has an example. */
    private void assertDescribed(String operation, GatewayClient.Answer answer) {
        var content =
                api.at(operation + "/responses/" + answer.status() + "/content").iterator();
        assertThat(content).as("%s describes %s", operation, answer.status()).hasNext();
        var media = content.next();
        var schema = api.at(media.at("/schema/$ref").asString().substring(1));
        assertThat(names(answer.body())).containsExactlyInAnyOrderElementsOf(names(schema.path("properties")));
        if (answer.body().has("error") && !answer.body().has("id")) {
            assertThat(names(media.path("examples"))).contains(answer.text("/error/code"));
        }
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }
}
