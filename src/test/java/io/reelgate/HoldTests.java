package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.admission.lane.Lanes;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job that cannot be sent, and may wait, waits on record; it is sent once, and not before something changes. */
@FullStackTest
class HoldTests {

    private static final String[] HOLD = {"X-Reelgate-Hold", "yes", "X-Reelgate-App", "shop"};
    private static final Answer BROKE =
            Answer.of(402, "{\"error\":{\"message\":\"Insufficient balance\",\"code\":\"insufficient_quota\"}}");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Lanes lanes;

    @Test
    void aJobThatTheBalanceDoesNotCoverWaitsAndGoesWhenItDoes() {
        upstream.onSubmit(_ -> BROKE);
        var held = app.submit(GatewayClient.body("kite"), HOLD);

        assertThat(held.status()).isEqualTo(202);
        assertThat(held.text("/status")).isEqualTo("queued");
        assertThat(held.text("/hold/reason")).isEqualTo("balance");
        assertThat(held.body().at("/hold/position").asInt()).isEqualTo(1);
        assertThat(held.body().at("/hold/since").asLong()).isPositive();
        var before = app.job(held.id());
        assertThat(before.text("/hold/reason")).isEqualTo("balance");
        assertThat(before.body().at("/error").isNull()).isTrue();

        upstream.reset();
        tryNow();
        awaitAccepted(held.id());

        assertThat(app.job(held.id()).body().has("hold")).isFalse();
        assertThat(upstream.submissions())
                .singleElement()
                .satisfies(sent -> assertThat(sent.text()).isEqualTo(GatewayClient.body("kite")));
        assertThat(timeline(held.id())).containsExactly("submitted", "held", "sent", "accepted");
        assertThat(kept()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | {\"error\":{\"message\":\"slow down\"}}                                | throttled",
                "503 | {\"error\":{\"message\":\"no channel\",\"code\":\"model_not_found\"}}  | unreachable",
                "401 | {\"error\":{\"message\":\"no such key\"}}                              | key",
                "404 | <html>not here</html>                                                  | address"
            })
    void soDoesEveryJobOfWhichNothingWasBought(int status, String body, String reason) {
        upstream.onSubmit(_ -> Answer.of(status, body));
        var held = app.submit(GatewayClient.body("kite"), HOLD);

        assertThat(held.status()).isEqualTo(202);
        assertThat(held.text("/hold/reason")).isEqualTo(reason);

        upstream.reset();
        tryNow();
        awaitAccepted(held.id());
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void whatTheUpstreamRefusesForItsOwnSakeDoesNotWait() {
        upstream.onSubmit(_ -> Answer.of(400, "{\"error\":{\"message\":\"too long\",\"code\":\"bad\"}}"));

        assertThat(app.submit(GatewayClient.body("kite"), HOLD).status()).isEqualTo(400);
        assertThat(kept()).isZero();
    }

    @Test
    void whatMayHaveBeenBoughtDoesNotWait() {
        upstream.onSubmit(_ -> Answer.hangUp());

        var unknown = app.submit(GatewayClient.body("kite"), HOLD);

        assertThat(unknown.text("/status")).isEqualTo("unknown");
        assertThat(unknown.body().has("hold")).isFalse();
        assertThat(kept()).isZero();
    }

    @Test
    void whoSaysNothingIsRefusedAsEver() {
        upstream.onSubmit(_ -> BROKE);

        assertThat(app.submit(GatewayClient.body("kite")).status()).isEqualTo(402);
        assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "no")
                        .status())
                .isEqualTo(402);
        assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "0")
                        .status())
                .isEqualTo(402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"perhaps", "-1", "1.5", "1e9", "99999999999", ""})
    void aHeaderThatSaysNeitherIsRefused(String value) {
        var answer = app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo("X-Reelgate-Hold");
        assertThat(upstream.submissions()).isEmpty();
    }

    @Test
    void whatOpsSayOfTheAppHoldsWhereItsRequestSaysNothing() {
        app.opsPut("/ops/api/apps/patient", "{\"hold\":\"yes\"}");
        upstream.onSubmit(_ -> BROKE);

        assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "patient")
                        .status())
                .isEqualTo(202);
        assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "patient", "X-Reelgate-Hold", "no")
                        .status())
                .isEqualTo(402);
        assertThat(app.ops("/ops/api/apps/patient").text("/hold")).isEqualTo("yes");
    }

    @Test
    void whileSomeWaitFurtherOnesAreNotEvenTried() {
        upstream.onSubmit(_ -> BROKE);
        app.submit(GatewayClient.body("first"), HOLD);
        awaitLanes();

        var second = app.submit(GatewayClient.body("second"), HOLD);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body().at("/hold/position").asInt()).isEqualTo(2);
        assertThat(upstream.submissions()).hasSize(1);
        assertThat(app.submit(GatewayClient.body("now")).status()).isEqualTo(402);
        assertThat(upstream.submissions()).hasSize(2);
    }

    @Test
    void aPauseCostsTimeAndNoJob() {
        app.opsPost("/ops/api/pause", "{\"paused\":true}");
        var held = app.submit(GatewayClient.body("kite"), HOLD);
        assertThat(held.status()).isEqualTo(202);
        assertThat(held.text("/hold/reason")).isEqualTo("paused");
        assertThat(app.submit(GatewayClient.body("kite")).status()).isEqualTo(503);
        assertThat(upstream.submissions()).isEmpty();

        app.opsPost("/ops/api/pause", "{\"paused\":false}");

        awaitAccepted(held.id());
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void whileNoneIsTakenOneAtATimeIsTriedAndEachAppHasItsTurn() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        upstream.onSubmit(_ -> BROKE);
        for (var name : List.of("a", "b")) {
            for (int i = 0; i < 3; i++) {
                app.submit(GatewayClient.body(name + i), "X-Reelgate-Hold", "yes", "X-Reelgate-App", name);
            }
        }
        upstream.onSubmit(_ -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                return BROKE;
            } finally {
                atOnce.decrementAndGet();
            }
        });
        int before = upstream.submissions().size();
        for (int i = 1; i <= 3; i++) {
            tryNow();
            int tried = before + i;
            await().until(() -> upstream.submissions().size() == tried && sending() == 0);
        }

        assertThat(most).hasValue(1);
        assertThat(upstream.submissions().stream()
                        .skip(before)
                        .map(request -> request.text().contains("a0")))
                .containsExactly(true, false, true);
    }

    @Test
    void whatWaitsDrainsOnceOneIsTakenAndEachJobIsSentOnce() {
        upstream.onSubmit(_ -> BROKE);
        var ids = IntStream.range(0, 30)
                .mapToObj(i -> app.submit(
                        GatewayClient.body("p" + i), "X-Reelgate-Hold", "yes", "X-Reelgate-App", "a" + i % 3))
                .map(GatewayClient.Answer::id)
                .toList();
        upstream.reset();

        tryNow();
        ids.forEach(this::awaitAccepted);

        assertThat(upstream.submissions()).hasSize(30);
        assertThat(upstream.submissions().stream()
                        .map(request -> request.text())
                        .distinct())
                .hasSize(30);
        await().until(() ->
                jdbc.sql("select count(*) from lane").query(Long.class).single() == 0);
    }

    @Test
    void aRefusalInTheMiddleOfADrainIsTheSameIncident() {
        upstream.onSubmit(_ -> BROKE);
        var ids = Stream.of("one", "two", "three")
                .map(prompt -> app.submit(GatewayClient.body(prompt), HOLD).id())
                .toList();
        var money = new AtomicInteger(1);
        upstream.onSubmit(
                _ -> money.getAndDecrement() > 0 ? LedgerUpstream.accepted(LedgerUpstream.newTaskId()) : BROKE);
        tryNow();
        awaitAccepted(ids.getFirst());
        await().until(() -> closedLanes() == 1 && sending() == 0);
        upstream.reset();
        tryNow();
        ids.forEach(this::awaitAccepted);

        await().untilAsserted(() -> assertThat(jdbc.sql("select count(closed_at) from quota_incident")
                        .query(Long.class)
                        .single())
                .isEqualTo(1));
        assertThat(jdbc.sql("select count(*) from quota_incident")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aJobThatIsRefusedInItsTurnHasFailedAndTheNextGoes() {
        upstream.onSubmit(_ -> BROKE);
        var poisoned = app.submit(GatewayClient.body("poisoned"), HOLD).id();
        var fine = app.submit(GatewayClient.body("fine"), HOLD).id();
        upstream.onSubmit(request -> request.text().contains("poisoned")
                ? Answer.of(400, "{\"error\":{\"message\":\"dead link\",\"code\":\"bad_media\"}}")
                : LedgerUpstream.accepted(LedgerUpstream.newTaskId()));

        tryNow();
        awaitAccepted(fine);

        assertThat(app.job(poisoned).text("/status")).isEqualTo("failed");
        assertThat(app.job(poisoned).text("/error/code")).isEqualTo("bad_media");
    }

    @Test
    void aJobIsGivenUpWhenItHasWaitedAsLongAsItMay() {
        upstream.onSubmit(_ -> BROKE);
        var id = app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "1", "Idempotency-Key", "k1")
                .id();

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("failed"));

        assertThat(app.job(id).text("/error/code")).isEqualTo("insufficient_quota");
        assertThat(app.job(id).text("/error/message")).contains("waited", "nothing was bought");
        upstream.reset();
        assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k1")
                        .status())
                .as("its key is free")
                .isEqualTo(200);
        assertThat(kept()).isZero();
    }

    @Test
    void whoWasAnsweredThatItWaitsIsToldOfItsEndHoweverSoonItComes() {
        upstream.onSubmit(_ -> BROKE);
        var id = app.submit(
                        GatewayClient.body("kite"),
                        "X-Reelgate-Hold",
                        "1",
                        "X-Reelgate-Webhook",
                        "http://10.255.255.1/hook")
                .id();

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("failed"));

        assertThat(jdbc.sql("select type from delivery where job_id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("video.failed");
    }

    @Test
    void aRepeatWithItsKeyIsTheJobThatWaits() {
        upstream.onSubmit(_ -> BROKE);
        var held = app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "yes", "Idempotency-Key", "k2");

        var repeat = app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "yes", "Idempotency-Key", "k2");

        assertThat(repeat.id()).isEqualTo(held.id());
        assertThat(repeat.status()).isEqualTo(202);
        assertThat(repeat.text("/hold/reason")).isEqualTo("balance");
        assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(app.submit(GatewayClient.body("other"), "Idempotency-Key", "k2")
                        .status())
                .isEqualTo(422);
        assertThat(jdbc.sql("select expires_at = 'infinity' from idempotency_key")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        upstream.reset();
        tryNow();
        awaitAccepted(held.id());
        assertThat(jdbc.sql("select expires_at between now() + interval '23 hours' and now() + interval '25 hours'"
                                + " from idempotency_key")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aJobWhoseTryEndsInDoubtIsNeverSentAgain() {
        upstream.onSubmit(_ -> BROKE);
        var id = app.submit(GatewayClient.body("kite"), HOLD).id();
        upstream.onSubmit(_ -> Answer.hangUp());

        tryNow();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("unknown"));

        assertThat(kept()).isZero();
        assertThat(jdbc.sql("select reason from lane").query(String.class).single())
                .isEqualTo("doubt");
    }

    @Test
    void anEndToWaitingIsToldByAHeldAnswer() {
        upstream.onSubmit(_ -> BROKE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(
                    () -> app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "1", "Prefer", "wait=30"));
            await().until(answer::isDone);
            assertThat(answer.resultNow().status()).isEqualTo(200);
            assertThat(answer.resultNow().text("/error/code")).isEqualTo("insufficient_quota");
        }
    }

    @Nested
    class Places {

        @Test
        void neverAreMoreWithTheUpstreamThanMayBe() throws Exception {
            app.opsPut("/ops/api/apps/capped", "{\"max_in_flight\":5}");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = threads.invokeAll(IntStream.range(0, 100)
                        .mapToObj(i -> (Callable<GatewayClient.Answer>) () -> app.submit(
                                GatewayClient.body("p" + i),
                                "X-Reelgate-App",
                                "capped",
                                "Idempotency-Key",
                                i % 2 == 0 ? "key-" + i : "other-" + i))
                        .toList());
                var statuses = answers.stream()
                        .map(Future::resultNow)
                        .collect(Collectors.groupingBy(GatewayClient.Answer::status, Collectors.counting()));
                assertThat(statuses).containsExactlyInAnyOrderEntriesOf(Map.of(200, 5L, 429, 95L));
            }

            assertThat(upstream.submissions()).hasSize(5);
            var refused = app.submit(GatewayClient.body("one more"), "X-Reelgate-App", "capped");
            assertThat(refused.text("/error/code")).isEqualTo("too_many_in_flight");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "other")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void whoMayWaitGoesWhenOneHasEnded() {
            app.opsPut("/ops/api/apps/capped", "{\"max_in_flight\":1,\"hold\":\"yes\"}");
            upstream.onSubmit(_ -> LedgerUpstream.accepted("task_first"));
            app.submit(GatewayClient.body("first"), "X-Reelgate-App", "capped");
            upstream.onSubmit(_ -> LedgerUpstream.accepted(LedgerUpstream.newTaskId()));

            var second = app.submit(GatewayClient.body("second"), "X-Reelgate-App", "capped");
            assertThat(second.status()).isEqualTo(202);
            assertThat(second.text("/hold/reason")).isEqualTo("places");
            var elsewhere =
                    app.submit(GatewayClient.body("other"), "X-Reelgate-App", "other", "X-Reelgate-Hold", "yes");
            awaitAccepted(elsewhere.id());
            assertThat(app.job(second.id()).text("/hold/reason")).isEqualTo("places");

            upstream.onPoll(
                    "task_first", Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
            awaitAccepted(second.id());
        }
    }

    @Nested
    class Cancel {

        @Test
        void aJobThatWaitsIsCalledOffAndAgainIsTheSame() {
            upstream.onSubmit(_ -> BROKE);
            var id = app.submit(
                            GatewayClient.body("kite"),
                            "X-Reelgate-Hold",
                            "yes",
                            "Idempotency-Key",
                            "k3",
                            "X-Reelgate-App",
                            "shop")
                    .id();

            var cancelled = cancel(id, "shop");

            assertThat(cancelled.status()).isEqualTo(200);
            assertThat(cancelled.text("/status")).isEqualTo("failed");
            assertThat(cancelled.text("/error/code")).isEqualTo("cancelled");
            assertThat(cancel(id, "shop").status()).isEqualTo(200);
            upstream.reset();
            tryNow();
            assertThat(app.submit(GatewayClient.body("other"), "Idempotency-Key", "k3", "X-Reelgate-App", "shop")
                            .status())
                    .isEqualTo(200);
            assertThat(upstream.submissions()).hasSize(1);
            assertThat(kept()).isZero();
        }

        @Test
        void anotherAppsJobIsNotFound() {
            upstream.onSubmit(_ -> BROKE);
            var id = app.submit(GatewayClient.body("kite"), HOLD).id();

            assertThat(cancel(id, "other").status()).isEqualTo(404);
            assertThat(cancel("task_" + "0".repeat(32), "shop").text("/error/code"))
                    .isEqualTo("task_not_found");
            assertThat(app.job(id).text("/hold/reason")).isEqualTo("balance");
        }

        @Test
        void whatWasSentCannotBeCalledOff() {
            var id = app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "shop")
                    .id();

            var answer = cancel(id, "shop");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("/error/code")).isEqualTo("not_cancellable");
        }

        @Test
        void whatIsBeingTriedMayBeBoughtAtThisInstant() {
            upstream.onSubmit(_ -> BROKE);
            var id = app.submit(GatewayClient.body("kite"), HOLD).id();
            var patience = new CountDownLatch(1);
            upstream.onSubmit(_ -> BROKE.heldBy(patience));
            tryNow();
            await().until(() -> upstream.submissions().size() == 2);

            var answer = cancel(id, "shop");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            patience.countDown();
            await().untilAsserted(() -> assertThat(cancel(id, "shop").status()).isEqualTo(200));
        }

        private GatewayClient.Answer cancel(String id, String name) {
            return app.send(app.request(GatewayClient.PATH + "/" + id + "/cancel")
                    .header("X-Reelgate-App", name)
                    .POST(BodyPublishers.noBody()));
        }
    }

    private void tryNow() {
        jdbc.sql("update lane set next_try_at = now() - interval '1 second' where state = 'closed'")
                .update();
    }

    private void awaitAccepted(String id) {
        await().untilAsserted(() ->
                assertThat(app.ops("/ops/api/jobs/" + id).text("/status")).isEqualTo("queued"));
    }

    /** Until the lanes of the record are in memory. */
    private void awaitLanes() {
        await().until(() -> lanes.all().stream()
                .allMatch(lane -> lanes.waitingFor(lane.account(), lane.model()).isPresent()));
    }

    private long kept() {
        return jdbc.sql("select count(*) from held_request").query(Long.class).single();
    }

    private long sending() {
        return jdbc.sql("select count(*) from held_request where sending")
                .query(Long.class)
                .single();
    }

    private long closedLanes() {
        return jdbc.sql("select count(*) from lane where state = 'closed'")
                .query(Long.class)
                .single();
    }

    private List<String> timeline(String id) {
        return jdbc.sql("select kind from job_event where job_id = ? order by id")
                .param(id)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
