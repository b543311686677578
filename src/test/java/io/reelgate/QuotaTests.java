package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.incidents.QuotaIncident;
import io.reelgate.incidents.QuotaIncidents;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An incident per model: from its first refusal until a job that came after the last one is accepted. */
@FullStackTest
class QuotaTests {

    private static final String FAST = GatewayClient.body("kite");
    private static final String LARGE = FAST.replace("-fast", "");
    private static final Answer BROKE =
            Answer.of(402, "{\"error\":{\"message\":\"Insufficient balance\",\"code\":\"insufficient_quota\"}}");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    QuotaIncidents incidents;

    @Autowired
    GatewayClient app;

    @Test
    void anotherModelsLuckClosesNothing() {
        upstream.onSubmit(request ->
                request.text().contains("-fast") ? BROKE : LedgerUpstream.accepted(LedgerUpstream.newTaskId()));
        assertThat(app.submit(FAST).text("/error/message")).isEqualTo("Insufficient balance");
        app.submit(FAST);
        app.submit(LARGE);
        incidents.closeAnswered();

        assertThat(incidents.latest(10)).singleElement().satisfies(incident -> {
            assertThat(incident.model()).isEqualTo("doubao-seedance-2-0-fast");
            assertThat(incident.refusedJobs()).isEqualTo(2);
            assertThat(incident.closedAt()).isNull();
        });

        upstream.reset();
        app.submit(FAST);
        incidents.closeAnswered();

        assertThat(only().closedAt()).isAfterOrEqualTo(only().openedAt());
        assertThat(only().refusedJobs()).isEqualTo(2);
    }

    @Test
    void anAcceptanceOfAnEarlierJobClosesNothing() throws Exception {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(request -> request.text().contains("early")
                ? LedgerUpstream.accepted(LedgerUpstream.newTaskId()).heldBy(patience)
                : BROKE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = threads.submit(() -> app.submit(GatewayClient.body("early")));
            await().until(() -> upstream.submissions().size() == 1);
            app.submit(FAST);
            patience.countDown();
            assertThat(early.get().status()).isEqualTo(200);
        }

        incidents.closeAnswered();
        assertThat(only().closedAt()).isNull();
    }

    @Test
    void aNewRefusalOpensANewIncident() {
        upstream.onSubmit(_ -> BROKE);
        app.submit(FAST);
        upstream.reset();
        app.submit(FAST);
        incidents.closeAnswered();
        upstream.onSubmit(_ -> BROKE);
        app.submit(FAST);

        assertThat(incidents.latest(10)).extracting(QuotaIncident::refusedJobs).containsExactly(1L, 1L);
        assertThat(incidents.open()).hasSize(1);
    }

    @Test
    void manyRefusalsAtOnceAreOneIncident() {
        upstream.onSubmit(_ -> BROKE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach(_ -> threads.submit(() -> app.submit(FAST)));
        }

        assertThat(only().refusedJobs()).isEqualTo(20);
    }

    @Test
    void anIncidentKeepsTheSumsOfTheLatestRefusalThatNamedThem() {
        upstream.onSubmit(_ -> refusal("用户剩余额度: ＄0.95, 需要预扣费额度: ＄1.00"));
        app.submit(FAST);
        upstream.onSubmit(_ -> refusal("用户剩余额度: ＄0.71, 需要预扣费额度: ＄0.80"));
        assertThat(app.submit(FAST).status()).isEqualTo(402);
        upstream.onSubmit(_ -> BROKE);
        app.submit(FAST);

        assertThat(only().message()).isEqualTo("Insufficient balance");
        assertThat(only().remaining()).isEqualByComparingTo("0.71");
        assertThat(only().required()).isEqualByComparingTo("0.80");
        var json = app.ops("/ops/api/quota-incidents").body().at("/items/0");
        assertThat(json.path("remaining").decimalValue()).isEqualByComparingTo("0.71");
        assertThat(json.path("required").decimalValue()).isEqualByComparingTo("0.80");

        upstream.onSubmit(_ -> refusal("用户额度不足, 剩余额度: ＄0.012"));
        app.submit(FAST);

        assertThat(only().remaining()).isEqualByComparingTo("0.012");
        assertThat(only().required()).isNull();
    }

    private static Answer refusal(String words) {
        return Answer.of(403, "{\"code\":\"insufficient_user_quota\",\"message\":\"%s\"}".formatted(words));
    }

    private QuotaIncident only() {
        List<QuotaIncident> all = incidents.latest(10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
