package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The apps that ops register: what they say of them, and what follows for who calls. */
@FullStackTest
@TestPropertySource(properties = "reelgate.access.trusted-proxies=127.0.0.1")
class AppsTests {

    private static final String APPS = "/ops/api/apps";
    private static final String SHOP = APPS + "/shop";
    private static final String[] INSIDE = {"X-Forwarded-For", "10.1.2.3"};
    private static final String[] OUTSIDE = {"X-Forwarded-For", "10.2.2.3"};

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient client;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void forget() {
        client.ops(APPS)
                .body()
                .path("items")
                .forEach(app -> client.opsDelete(APPS + "/" + app.path("name").asString()));
        jdbc.sql("truncate app_seen, app_change; delete from app_minute").update();
    }

    @Test
    void keepsWhatOpsSayAndWhoSaidIt() {
        var answer = client.opsPut(SHOP, """
                        {"note":" the web shop ","networks":["10.1.0.0/16","fd00::/8","10.9.9.9"],"jobs_per_minute":30,
                         "webhook_url":"https://shop.example.com/hook?token=secret"}
                        """);

        assertThat(answer.status()).isEqualTo(200);
        var shop = client.ops(SHOP);
        assertThat(shop.body()).isEqualTo(answer.body());
        assertThat(shop.text("/note")).isEqualTo("the web shop");
        assertThat(texts(shop.body().path("networks")))
                .containsExactly("10.1.0.0/16", "fd00:0:0:0:0:0:0:0/8", "10.9.9.9");
        assertThat(shop.body().path("jobs_per_minute").asInt()).isEqualTo(30);
        assertThat(shop.text("/webhook_url")).isEqualTo("https://shop.example.com/hook?token=secret");
        assertThat(shop.text("/changed_by")).isEqualTo("ops");
        assertThat(shop.body().path("registered").asBoolean()).isTrue();
        assertThat(shop.body().path("last_seen_at").isNull()).isTrue();
        assertThat(shop.body().path("changes")).hasSize(1);
        assertThat(shop.text("/changes/0/kind")).isEqualTo("registered");
        assertThat(shop.text("/changes/0/detail"))
                .contains("jobs_per_minute: – → 30")
                .doesNotContain("secret");
        assertThat(client.ops(APPS).text("/items/0/webhook_url")).isEqualTo("https://shop.example.com/hook?…");
    }

    @Test
    void replacesAllOfItAndRemembersTheLatestChanges() {
        client.opsPut(SHOP, "{\"note\":\"a\",\"jobs_per_minute\":30}");
        var unchanged = client.opsPut(SHOP, client.ops(SHOP).http().body());
        assertThat(unchanged.body().path("changes")).hasSize(1);

        var answer = client.opsPut(SHOP, "{\"note\":\"b\",\"jobs_per_minute\":null}");
        assertThat(answer.text("/note")).isEqualTo("b");
        assertThat(answer.body().path("jobs_per_minute").isNull()).isTrue();
        assertThat(answer.text("/changes/0/detail")).isEqualTo("note: a → b\njobs_per_minute: 30 → –");

        for (int i = 0; i < 60; i++) {
            client.opsPut(SHOP, "{\"note\":\"" + i + "\"}");
        }
        assertThat(client.ops(SHOP).body().path("changes")).hasSize(50);
        assertThat(client.ops(SHOP).text("/changes/0/detail")).isEqualTo("note: 58 → 59");
    }

    @Test
    void forgetsWhatWasSaidAndNotThatItWas() {
        client.opsPut(SHOP, "{\"networks\":[\"10.1.0.0/16\"]}");
        assertThat(submit("shop", OUTSIDE).status()).isEqualTo(403);

        assertThat(client.opsDelete(SHOP).status()).isEqualTo(204);

        assertThat(submit("shop", OUTSIDE).status()).isEqualTo(200);
        assertThat(client.opsDelete(SHOP).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(client.ops(SHOP).status()).isEqualTo(200));
        assertThat(client.ops(SHOP).body().path("registered").asBoolean()).isFalse();
        assertThat(client.ops(SHOP).text("/changes/0/kind")).isEqualTo("removed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note|{\"note\":5}",
                "networks|{\"networks\":\"10.0.0.0/8\"}",
                "networks|{\"networks\":[\"10.0.0.0/64\"]}",
                "networks|{\"networks\":[\"shop.example.com\"]}",
                "networks|{\"networks\":[null]}",
                "jobs_per_minute|{\"jobs_per_minute\":0}",
                "jobs_per_minute|{\"jobs_per_minute\":1.5}",
                "jobs_per_minute|{\"jobs_per_minute\":\"30\"}",
                "webhook_url|{\"webhook_url\":\"ftp://shop.example.com/\"}",
                "webhook_url|{\"webhook_url\":\"https://user:secret@shop.example.com/\"}",
                "network|{\"network\":[]}"
            })
    void saysWhichSettingCannotBeUsed(String row) {
        var setting = row.substring(0, row.indexOf('|'));

        var answer = client.opsPut(SHOP, row.substring(row.indexOf('|') + 1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/parameter")).isEqualTo(setting);
        assertThat(client.ops(SHOP).status()).isEqualTo(404);
    }

    @Test
    void saysThatANameCanBeNone() {
        assertThat(client.opsPut(APPS + "/a%20b", "{}").text("/parameter")).isEqualTo("name");
        assertThat(client.opsPut(APPS + "/" + "a".repeat(65), "{}").status()).isEqualTo(400);
        assertThat(client.ops(APPS + "/nobody").status()).isEqualTo(404);
        assertThat(client.get(APPS).status()).isEqualTo(401);
    }

    @Test
    void letsAnAppBeClaimedFromItsNetworksOnlyAndBuysNothingElse() {
        client.opsPut(SHOP, "{\"networks\":[\"10.1.0.0/16\"]}");

        var refused = submit("shop", OUTSIDE);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/error/code")).isEqualTo("app_not_allowed");
        assertThat(refused.text("/error/param")).isEqualTo("X-Reelgate-App");
        assertThat(list("shop", OUTSIDE).text("/error/code")).isEqualTo("app_not_allowed");
        assertThat(upstream.submissions()).isEmpty();
        assertThat(client.ops("/ops/api/jobs").body().path("items")).isEmpty();

        assertThat(submit("shop", INSIDE).status()).isEqualTo(200);
        assertThat(list("shop", INSIDE).body().path("data")).hasSize(1);
        assertThat(submit("adverts", OUTSIDE).status()).isEqualTo(200);
    }

    @Test
    void letsItsJobsBeReachedFromThereOnly() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_kite"));
        upstream.onPoll(
                "task_kite",
                LedgerUpstream.Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        var id = submit("shop", INSIDE).id();
        await().untilAsserted(() -> assertThat(client.job(id).text("/status")).isEqualTo("completed"));
        client.opsPut(SHOP, "{\"networks\":[\"10.1.0.0/16\"]}");

        for (var one : List.of(id, "task_kite")) {
            for (var tail : List.of("", "/content", "/events")) {
                var path = GatewayClient.PATH + "/" + one + tail;
                var outside = client.get(path, OUTSIDE);
                assertThat(outside.status()).as(path).isEqualTo(404);
                assertThat(outside.text("/error/code")).isEqualTo("task_not_found");
                assertThat(client.get(path, INSIDE).status()).as(path).isIn(200, 302);
            }
            var waiting = GatewayClient.PATH + "/" + one;
            assertThat(client.get(waiting, with(OUTSIDE, "Prefer", "wait=1")).status())
                    .isEqualTo(404);
            assertThat(client.get(waiting, with(INSIDE, "Prefer", "wait=1")).status())
                    .isEqualTo(200);
        }
        assertThat(client.job(id).status()).as("from the proxy itself").isEqualTo(404);
        assertThat(client.ops("/ops/api/jobs/" + id).status()).as("ops see all").isEqualTo(200);
    }

    @Test
    void registersWhoGivesNoNameToo() {
        client.opsPut(APPS + "/anonymous", "{\"networks\":[\"10.1.0.0/16\"]}");

        assertThat(client.submit(GatewayClient.body("kite"), OUTSIDE).status()).isEqualTo(403);
        assertThat(client.submit(GatewayClient.body("kite"), INSIDE).status()).isEqualTo(200);
    }

    @Test
    void givesAnAppALimitOfItsOwn() {
        client.opsPut(SHOP, "{\"jobs_per_minute\":1}");

        var answers = Stream.generate(() -> submit("shop")).limit(3).toList();

        // A new minute may begin in between.
        assertThat(answers.stream().filter(one -> one.status() == 429))
                .isNotEmpty()
                .allSatisfy(limited -> {
                    assertThat(limited.text("/error/code")).isEqualTo("rate_limited");
                    assertThat(limited.header("Retry-After")).isNotEmpty();
                });
        assertThat(submit("adverts").status()).isEqualTo(200);
    }

    @Test
    void knowsAnAppFromItsFirstAcceptedJobOn() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.of(402, "{}"));
        assertThat(submit("refused").status()).isEqualTo(402);
        upstream.reset();
        assertThat(submit("newcomer").status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(texts(client.ops(APPS).body().path("items"), "name"))
                        .contains("newcomer")
                        .doesNotContain("refused"));
        var newcomer = client.ops(APPS + "/newcomer").body();
        assertThat(newcomer.path("registered").asBoolean()).isFalse();
        assertThat(newcomer.path("first_seen_at")).isEqualTo(newcomer.path("last_seen_at"));
    }

    private Answer submit(String app, String... headers) {
        return client.submit(GatewayClient.body("kite"), with(headers, "X-Reelgate-App", app));
    }

    private Answer list(String app, String... headers) {
        return client.get(GatewayClient.PATH, with(headers, "X-Reelgate-App", app));
    }

    private static String[] with(String[] headers, String name, String value) {
        return Stream.concat(Stream.of(headers), Stream.of(name, value)).toArray(String[]::new);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private static List<String> texts(JsonNode array, String field) {
        var texts = new ArrayList<String>();
        array.forEach(one -> texts.add(one.path(field).asString()));
        return texts;
    }
}
