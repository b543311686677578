package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a job costs, as its app and as ops are told it. */
@FullStackTest
class SpendTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    /** Tells this test's jobs from those of all others. */
    String name;

    @BeforeEach
    void begin() {
        name = "spend-" + UUID.randomUUID();
    }

    @Test
    void tellsTheSameToTheAppAndToOps() {
        var id = sentAt("46");
        assertThat(app.job(id).body().at("/cost").toString())
                .isEqualTo("{\"amount\":\"2.329348\",\"currency\":\"CNY\",\"basis\":\"estimate\"}");
        assertThat(item("estimated")).isEqualTo("2.329348");

        completed(id);

        assertThat(app.job(id).body().at("/cost").toString())
                .isEqualTo("{\"amount\":\"2.228102\",\"currency\":\"CNY\",\"basis\":\"usage\"}");
        assertThat(item("settled")).isEqualTo("2.228102");
        assertThat(item("estimated")).isEqualTo("0");
        assertThat(app.ops("/ops/api/spend.csv").http().body())
                .startsWith("app,jobs,tokens,amount,settled,estimated,possibly_spent\r\n")
                .contains(name + ",1,48437,2.228102,2.228102,0,0\r\n");
        var usage = app.get("/v1/usage", "X-Reelgate-App", name).body();
        assertThat(usage.at("/items/0/model").asString()).isEqualTo("doubao-seedance-2-0-fast");
        assertThat(usage.at("/total/amount").asString()).isEqualTo("2.228102");
        assertThat(usage.at("/items").size()).isEqualTo(1);
    }

    @Test
    void opsSayWhatAJobCameTo() {
        var id = sentAt("46");
        var path = "/ops/api/jobs/" + id + "/charge";
        assertThat(app.opsPost(path, "{\"amount\":\"1\",\"note\":\"why\"}").status())
                .isEqualTo(409);
        completed(id);

        assertThat(app.opsPost(path, "{\"amount\":\"1.5\"}").status()).isEqualTo(400);
        assertThat(app.opsPost(path, "{\"amount\":\"-1\",\"note\":\"why\"}").status())
                .isEqualTo(400);
        var job = app.opsPost(path, "{\"amount\":1.5,\"note\":\"as on the bill\"}")
                .body();

        assertThat(job.at("/billing/cost/amount").asString()).isEqualTo("1.500000");
        assertThat(job.at("/billing/charges/1/settled").asString()).isEqualTo("-0.728102");
        assertThat(job.at("/billing/charges/1/note").asString()).isEqualTo("as on the bill");
        assertThat(job.at("/billing/per_million_tokens").asString()).isEqualTo("46");
        assertThat(item("amount")).isEqualTo("1.500000");
        assertThat(app.job(id).text("/cost/amount")).isEqualTo("1.500000");
    }

    @Test
    void whatHasNoPriceIsUnknown() {
        var answer = app.submit(GatewayClient.body("kite"), "X-Reelgate-App", name);

        assertThat(answer.body().path("cost").isNull()).isTrue();
        assertThat(app.job(answer.id()).body().path("cost").isNull()).isTrue();
        assertThat(app.get("/v1/usage", "X-Reelgate-App", name)
                        .body()
                        .at("/total/amount")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=odd",
                "to=2026-02-30",
                "from=2026-11-02&to=2026-11-01",
                "from=2025-01-01&to=2026-11-01",
                "from=%2B999999999-12-31"
            })
    void refusesDaysThatAreNoRange(String days) {
        var answer = app.get("/v1/usage?" + days);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/code")).isEqualTo("invalid_request");
        assertThat(app.ops("/ops/api/spend?" + days).status()).isEqualTo(400);
    }

    /** A job that was sent at this price: the shared gateway has none. */
    private String sentAt(String price) {
        var id = app.submit(GatewayClient.body("kite"), "X-Reelgate-App", name).id();
        jdbc.sql(
                        "update video_job set estimated_tokens = 50638, price_per_million = ?::numeric, price_currency = 'CNY' where id = ?")
                .params(price, id)
                .update();
        return id;
    }

    private void completed(String id) {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\","
                + "\"quota\":250000,\"usage\":{\"completion_tokens\":48437,\"total_tokens\":48437}}"));
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
    }

    private String item(String field) {
        for (var item : app.ops("/ops/api/spend").body().path("items")) {
            if (item.path("app").asString().equals(name)) {
                return item.path(field).asString();
            }
        }
        return "none";
    }
}
