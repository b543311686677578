package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Holds the description of the API to what the gateway really answers. */
@FullStackTest
class OpenApiTests {

    private static final String SUBMIT = "/paths/~1v1~1video~1generations/post";
    private static final String LIST = "/paths/~1v1~1video~1generations/get";
    private static final String FIND = "/paths/~1v1~1video~1generations~1{id}/get";
    private static final String CONTENT = "/paths/~1v1~1video~1generations~1{id}~1content/get";

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    JsonNode api;

    @BeforeEach
    void begin() {
        api = app.get("/v3/api-docs").body();
    }

    @Test
    void describesEveryRouteOfBothApis() {
        assertThat(names(api.path("paths")))
                .contains(
                        "/v1/video/generations",
                        "/v1/video/generations/{id}",
                        "/v1/video/generations/{id}/content",
                        "/v1/videos",
                        "/v1/videos/{id}",
                        "/v1/videos/{id}/content",
                        "/ops/api/jobs",
                        "/ops/api/jobs/{id}",
                        "/ops/api/jobs.csv",
                        "/ops/api/jobs/{id}/poll",
                        "/ops/api/jobs/{id}/resolution",
                        "/ops/api/jobs/{id}/keep",
                        "/ops/api/films/keep",
                        "/ops/api/deliveries",
                        "/ops/api/deliveries/{id}/redeliver",
                        "/ops/api/deliveries/redeliver",
                        "/ops/api/apps/{name}/webhook-secret",
                        "/ops/api/quota-incidents",
                        "/ops/api/stats",
                        "/ops/api/spend",
                        "/ops/api/spend.csv",
                        "/ops/api/jobs/{id}/charge",
                        "/v1/usage",
                        "/ops/api/apps",
                        "/ops/api/apps/{name}",
                        "/ops/api/pause")
                .noneMatch(path ->
                        path.startsWith("/sandbox") || path.startsWith("/ops/jobs") || path.startsWith("/ops/spend"));
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

    /** Each door has operations and answers of its own; a form is described field by field. */
    @Test
    void describesTheSecondDoorAsItIs() {
        var submit = operation("/v1/videos", "post");
        var find = operation("/v1/videos/{id}", "get");
        for (var example : api.at(submit + "/requestBody/content/application~1json/examples")) {
            assertDescribed(submit, postVideo(example.path("value").toString()));
        }
        assertThat(names(api.at(submit + "/requestBody/content/multipart~1form-data/schema/properties")))
                .containsExactly("model", "prompt", "seconds", "size", "input_reference", "input_reference[image_url]");
        assertThat(api.at(submit + "/tags/0").asString())
                .isNotEqualTo(api.at(SUBMIT + "/tags/0").asString());
        assertDescribed(submit, postVideo("{}"));
        var id = postVideo(GatewayClient.body("kite")).id();
        assertDescribed(find, app.get("/v1/videos/" + id));
        assertDescribed(find, app.get("/v1/videos/task_0"));
        assertDescribed(operation("/v1/videos", "get"), app.get("/v1/videos"));
        assertDescribed(operation("/v1/videos/{id}/content", "get"), app.get("/v1/videos/" + id + "/content"));
        assertDescribed(
                operation("/v1/videos/{id}", "delete"),
                app.send(app.request("/v1/videos/" + id).DELETE()));
    }

    private GatewayClient.Answer postVideo(String body) {
        return app.send(app.request("/v1/videos")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void saysWhatEachFieldIs() {
        var properties = new ArrayList<JsonNode>();
        properties.add(api.at(SUBMIT + "/requestBody/content/application~1json/schema/properties"));
        for (var schema : List.of(
                "SubmissionJson",
                "ListJson",
                "StatusJson",
                "Output",
                "TokenUsage",
                "Cost",
                "UsageReport",
                "UsageItem",
                "ErrorJson",
                "Video",
                "VideoError",
                "VideoList",
                "DeletedVideo",
                "ErrorEnvelope",
                "Details")) {
            properties.add(api.at("/components/schemas/" + schema + "/properties"));
        }
        assertThat(properties)
                .allSatisfy(fields -> assertThat(names(fields)).isNotEmpty().allSatisfy(name -> {
                    var field = fields.path(name);
                    var described = field.has("$ref")
                            ? api.at(field.path("$ref").asString().substring(1))
                            : field;
                    assertThat(described.path("description").asString(""))
                            .as(name)
                            .isNotBlank();
                }));
        for (var operation : List.of(
                SUBMIT,
                FIND,
                CONTENT,
                LIST,
                operation("/v1/videos", "post"),
                operation("/v1/videos", "get"),
                operation("/v1/videos/{id}", "get"),
                operation("/v1/videos/{id}", "delete"),
                operation("/v1/videos/{id}/content", "get"))) {
            assertThat(api.at(operation + "/parameters"))
                    .allSatisfy(parameter -> assertThat(
                                    parameter.path("description").asString(""))
                            .as(operation + parameter.path("name"))
                            .isNotBlank());
        }
    }

    @Test
    void givesExamplesOfBodiesThatAreTaken() {
        var examples = api.at(SUBMIT + "/requestBody/content/application~1json/examples");

        assertThat(names(examples)).containsExactlyInAnyOrder("text", "image", "content");
        for (var example : examples) {
            assertThat(app.submit(example.path("value").toString()).status()).isEqualTo(200);
        }
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

    @ParameterizedTest
    @CsvSource({
        "/ops/api/jobs, /ops/api/jobs",
        "/ops/api/quota-incidents, /ops/api/quota-incidents",
        "/ops/api/stats, /ops/api/stats?window=1h",
        "/ops/api/spend, /ops/api/spend?by=model",
        "/ops/api/pause, /ops/api/pause",
        "/ops/api/apps, /ops/api/apps",
        "/ops/api/deliveries, /ops/api/deliveries",
        "/ops/api/apps/{name}/webhook-secret, /ops/api/apps/shop/webhook-secret",
    })
    void describesWhatOpsGetAsItIs(String path, String address) {
        assertDescribed(operation(path, "get"), app.ops(address));
    }

    @Test
    void describesAJobAsOpsSeeIt() {
        var id = app.submit(GatewayClient.body("kite")).id();

        assertDescribed(operation("/ops/api/jobs/{id}", "get"), app.ops("/ops/api/jobs/" + id));
    }

    @Test
    void describesTheProblemsOfOpsAsTheyAre() {
        upstream.onSubmit(_ -> Answer.of(402, "{}"));
        app.submit(GatewayClient.body("kite"));
        var rejected = app.ops("/ops/api/jobs?limit=1").text("/items/0/id");
        var job = "/ops/api/jobs/{id}";

        assertProblem(operation("/ops/api/jobs", "get"), app.ops("/ops/api/jobs?limit=0"), 400);
        assertProblem(operation("/ops/api/jobs", "get"), app.get("/ops/api/jobs"), 401);
        assertProblem(operation("/ops/api/jobs.csv", "get"), app.ops("/ops/api/jobs.csv?status=odd"), 400);
        assertProblem(operation("/ops/api/stats", "get"), app.ops("/ops/api/stats?window=9y"), 400);
        assertProblem(operation(job, "get"), app.ops("/ops/api/jobs/task_0"), 404);
        assertProblem(operation(job + "/poll", "post"), app.opsPost("/ops/api/jobs/" + rejected + "/poll", "{}"), 409);
        var resolution = "/ops/api/jobs/" + rejected + "/resolution";
        assertProblem(operation(job + "/resolution", "post"), app.opsPost(resolution, "{}"), 400);
        assertProblem(operation(job + "/resolution", "post"), app.opsPost(resolution, "{\"action\":\"lost\"}"), 409);
        assertProblem(operation("/ops/api/spend", "get"), app.ops("/ops/api/spend?by=odd"), 400);
        assertProblem(operation("/ops/api/spend.csv", "get"), app.ops("/ops/api/spend.csv?from=odd"), 400);
        assertProblem(
                operation(job + "/charge", "post"), app.opsPost("/ops/api/jobs/" + rejected + "/charge", "{}"), 400);
        assertProblem(operation(job + "/keep", "post"), app.opsPost("/ops/api/jobs/" + rejected + "/keep", "{}"), 409);
        assertProblem(operation("/ops/api/films/keep", "post"), app.opsPost("/ops/api/films/keep", "{}"), 409);
        var registered = "/ops/api/apps/{name}";
        assertProblem(operation(registered, "get"), app.ops("/ops/api/apps/nobody"), 404);
        assertProblem(operation(registered, "put"), app.opsPut("/ops/api/apps/shop", "{\"notes\":\"\"}"), 400);
        assertProblem(operation(registered, "delete"), app.opsDelete("/ops/api/apps/nobody"), 404);
        var deliveries = "/ops/api/deliveries";
        assertProblem(operation(deliveries, "get"), app.ops(deliveries + "?state=odd"), 400);
        assertProblem(
                operation(deliveries + "/{id}/redeliver", "post"),
                app.opsPost(deliveries + "/msg_0/redeliver", ""),
                404);
        assertProblem(
                operation(deliveries + "/redeliver", "post"), app.opsPost(deliveries + "/redeliver?app=shop", ""), 400);
        assertProblem(operation("/ops/api/pause", "post"), app.opsPost("/ops/api/pause", "{}"), 400);
    }

    private static String operation(String path, String method) {
        return "/paths/" + path.replace("/", "~1") + "/" + method;
    }

    /** The status is listed as a problem document, and its schema knows each of the document's fields. */
    private void assertProblem(String operation, GatewayClient.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        var media = api.at(operation + "/responses/" + status + "/content/application~1problem+json");
        var schema = api.at(media.at("/schema/$ref").asString().substring(1));
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(names(schema.path("properties"))).containsAll(names(answer.body()));
        assertThat(names(answer.body())).containsAll(names(media.path("example")));
    }

    /** The status is listed, the body has the schema's fields and no others, and an error's code has an example. */
    private void assertDescribed(String operation, GatewayClient.Answer answer) {
        var content =
                api.at(operation + "/responses/" + answer.status() + "/content").iterator();
        assertThat(content).as("%s describes %s", operation, answer.status()).hasNext();
        var media = content.next();
        var schema = api.at(media.at("/schema/$ref").asString().substring(1));
        var described = names(schema.path("properties"));
        described.remove("hold"); // of jobs that wait alone
        assertThat(names(answer.body())).containsExactlyInAnyOrderElementsOf(described);
        if (answer.body().has("error") && !answer.body().has("id")) {
            assertThat(names(media.path("examples"))).contains(answer.text("/error/code"));
        }
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }
}
