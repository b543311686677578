package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Holds what the documents and the alert rules say of metrics to a real scrape. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.archive.store=filesystem",
            "reelgate.archive.path=target/films-of-tests/metrics",
            "reelgate.archive.min-free=1MB",
            "reelgate.archive.allowed-networks=loopback",
            "reelgate.billing.prices[0].model=doubao-seedance-2-0-fast",
            "reelgate.billing.prices[0].per-million-tokens=37"
        })
class MetricsTests {

    private static final Pattern METRIC = Pattern.compile("reelgate_[a-z_]+[a-z]");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Test
    void servesEveryMetricThatTheDocumentsAndTheAlertsName() throws Exception {
        completeOne();

        var served = names(scrape());
        assertThat(served)
                .containsAll(named(Path.of("docs/operations.md")))
                .containsAll(named(Path.of("docs/prometheus/reelgate.rules.yml")));
    }

    @Test
    void tellsHowLateAnEndWasFound() {
        completeOne();

        assertThat(scrape()).containsPattern("reelgate_detection_lag_seconds_bucket\\{le=\"600.0\"} [1-9]");
    }

    @Test
    void labelsSubmissionsByOutcomeAndJobsByEnding() {
        upstream.onSubmit(_ -> Answer.of(401, "{}"));
        app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "metrics-test");

        assertThat(scrape())
                .containsPattern("reelgate_submissions_seconds_count\\{outcome=\"key_refused\"} [1-9]")
                .contains(
                        "reelgate_jobs_total{app=\"metrics-test\",ending=\"rejected\",model=\"doubao-seedance-2-0-fast\"}");
    }

    private void completeOne() {
        var ended = System.currentTimeMillis() / 1000;
        var task = LedgerUpstream.newTaskId();
        upstream.onPoll(
                task,
                Answer.ok(
                        "{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\",\"usage\":{\"completion_tokens\":48437},\"completed_at\":"
                                + ended + "}"));
        upstream.onSubmit(_ -> LedgerUpstream.accepted(task));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
    }

    private String scrape() {
        return app.ops("/actuator/prometheus").http().body();
    }

    private static Set<String> named(Path document) throws IOException {
        return names(Files.readString(document));
    }

    private static Set<String> names(String text) {
        var names = new TreeSet<String>();
        METRIC.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }
}
