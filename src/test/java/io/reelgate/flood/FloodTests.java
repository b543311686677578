package io.reelgate.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Floods the packaged gateway with what is free to send, and sees that jobs are taken all the while and afterwards.
 * {@code -Dflood.times=10} is the long form.
 */
@Tag("flood")
class FloodTests {

    private static final int TIMES = Integer.getInteger("flood.times", 1);
    private static final String LONG_PROMPT = "a long story ".repeat(7_700);

    private static Gateway gateway;
    private static GatewayClient app;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        gateway = new Gateway(directory);
        app = gateway.client();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** What one flood left on record is not to be what another one reads. */
    @BeforeEach
    void forget() {
        gateway.database().sql("truncate video_job cascade").update();
    }

    @AfterEach
    void jobsAreTaken() {
        assertThat(gateway.isAlive())
                .as("the gateway, see target/processes/flooded.log")
                .isTrue();
        gateway.upstream().reset();
        assertThat(app.submit(GatewayClient.body("afterwards")).status()).isEqualTo(200);
        assertThat(Child.log(Gateway.NAME).toPath()).content().doesNotContain("\tat ");
    }

    @Test
    void nothingIsKeptForWhoHasNotLoggedIn() throws Exception {
        var request = "GET /ops/jobs?text=%s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"
                .formatted("x".repeat(28_000));

        var heads = together(32, () -> {
            var answers = new ArrayList<String>();
            try (var stranger = new Stranger(gateway.port())) {
                for (int i = 0; i < 800 * TIMES; i++) {
                    answers.add(stranger.send(request).answer());
                }
            }
            return answers;
        });

        assertThat(heads.stream().flatMap(List::stream)).noneMatch(head -> head.contains("REELGATE_SESSION"));
    }

    @Test
    void listsOfRefusedJobsWithLongPromptsCostLittle() throws Exception {
        gateway.upstream().onSubmit(_ -> Answer.of(400, "{\"error\":{\"code\":\"refused\",\"message\":\"no\"}}"));
        for (int i = 0; i < 100; i++) {
            assertThat(app.submit(GatewayClient.body(LONG_PROMPT), "X-Reelgate-App", "teller")
                            .status())
                    .isEqualTo(400);
        }

        var answers = together(
                40,
                () -> IntStream.range(0, 10 * TIMES)
                        .mapToObj(_ -> app.get(GatewayClient.PATH + "?limit=100", "X-Reelgate-App", "teller"))
                        .toList());

        assertThat(answers.stream().flatMap(List::stream))
                .allMatch(answer -> answer.status() == 200
                        || answer.status() == 503 && answer.text("/error/code").equals("overloaded"))
                .anyMatch(answer -> answer.status() == 200);
    }

    @Test
    void bodiesThatAreAnnouncedAndNeverComeShutNobodyOut() throws Exception {
        var strangers = Stream.generate(() -> new Stranger(gateway.port()))
                .limit(16L * TIMES)
                .toList();
        try {
            for (int i = 0; i < strangers.size(); i++) {
                strangers.get(i).send(post("app-" + i, 64 * 1024 * 1024) + "{\"model\":");
            }

            for (int i = 0; i < 20; i++) {
                assertThat(app.submit(GatewayClient.body("meanwhile " + i)).status())
                        .isEqualTo(200);
            }
            for (var stranger : strangers) {
                assertThat(stranger.answer()).startsWith("HTTP/1.1 408");
            }
        } finally {
            strangers.forEach(Stranger::close);
        }
    }

    @Test
    void bodiesThatStallBeforeTheirEndShutNobodyOut() throws Exception {
        // Large ones first, then small ones for what is left of the memory for bodies.
        var sizes = IntStream.concat(
                        IntStream.generate(() -> 10 * 1024 * 1024).limit(30L * TIMES),
                        IntStream.generate(() -> 300 * 1024).limit(50L * TIMES))
                .toArray();
        var strangers = Stream.generate(() -> new Stranger(gateway.port()))
                .limit(sizes.length)
                .toList();
        try {
            var sending = new ArrayList<Thread>();
            for (int i = 0; i < sizes.length; i++) {
                var stranger = strangers.get(i);
                var head = post("app-" + i, sizes[i]);
                var allButTheEnd = new byte[sizes[i] - 1];
                sending.add(Thread.ofVirtual().start(() -> sendIfTaken(stranger, head, allButTheEnd)));
            }
            for (var thread : sending) {
                thread.join(Duration.ofSeconds(10));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(app.submit(GatewayClient.body("meanwhile " + i)).status())
                        .isEqualTo(200);
            }
        } finally {
            strangers.forEach(Stranger::close);
        }
    }

    @Test
    void searchesOverLongPromptsStarveNoSubmission() throws Exception {
        gateway.database().sql("""
                        insert into video_job (id, app, model, prompt, request, status, created_at, finished_at)
                        select 'task_' || lpad(to_hex(n), 32, '0'), 'archive', 'doubao-seedance-2-0-fast',
                          repeat(md5(n::text) || ' ', 3000), '{}', 'rejected', now(), now()
                        from generate_series(1, ?) n
                        """).param(3_000 * TIMES).update();
        var over = new AtomicBoolean();
        try (var searchers = Executors.newVirtualThreadPerTaskExecutor()) {
            var searches = IntStream.range(0, 40)
                    .mapToObj(i -> searchers.submit(() -> {
                        do {
                            app.ops("/ops/api/jobs?text=nobody-wrote-this-" + i);
                        } while (!over.get());
                    }))
                    .toList();
            try {
                for (int i = 0; i < 100; i++) {
                    assertThat(app.submit(GatewayClient.body("meanwhile " + i)).status())
                            .isEqualTo(200);
                }
                assertThat(backends()).isLessThanOrEqualTo(30);
            } finally {
                over.set(true);
            }
            for (var search : searches) {
                search.get();
            }
        }
        await("what was asked for is not worked on any more")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(active()).isZero());
    }

    @Test
    void requestsThatNobodyMeansAreAnsweredAsTheyMust() {
        var gatewayAt = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
        var taken = app.submit(GatewayClient.body("taken")).id();

        var report = new RequestFuzzer(gatewayAt, TIMES, "test-ops", List.of(taken)).run(2_000 * TIMES);

        assertThat(report.findings()).isEmpty();
        assertThat(report.statuses()).containsKeys(200, 302, 400, 401, 404);
    }

    private static String post(String app, int length) {
        return """
                POST %s HTTP/1.1
                Host: localhost
                X-Reelgate-App: %s
                Content-Type: application/json
                Content-Length: %d

                """.formatted(GatewayClient.PATH, app, length).replace("\n", "\r\n");
    }

    private static void sendIfTaken(Stranger stranger, String head, byte[] body) {
        try {
            stranger.send(head).send(body);
        } catch (IOException refused) {
            // Whoever was answered before the end of his body may find the connection closed.
        }
    }

    private static long backends() {
        return count("select count(*) from pg_stat_activity where application_name like 'reelgate%'");
    }

    private static long active() {
        return count("select count(*) from pg_stat_activity where application_name like 'reelgate%'"
                + " and state = 'active' and now() - query_start > interval '1 second'");
    }

    private static long count(String sql) {
        return gateway.database().sql(sql).query(Long.class).single();
    }

    private static <T> List<T> together(int many, Callable<T> work) throws Exception {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> future : workers.invokeAll(Collections.nCopies(many, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
