package io.reelgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An upstream on loopback that keeps a ledger of everything it was asked, and answers as it was told to.
 *
 * <p>By default it takes every job under a new id, and says of every task that it is queued.
 */
public final class LedgerUpstream implements AutoCloseable {

    /** The key that the gateway under test is given: what is searched for wherever it must not be. */
    public static final String KEY = "sk-ledger-0123456789-secret";

    private final HttpServer server;
    private final List<Request> ledger = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger streaming = new AtomicInteger();
    private volatile Function<Request, Answer> onSubmit = _ -> accepted(newTaskId());
    private volatile Function<Request, Answer> onPoll = request -> Answer.ok(
            "{\"code\":\"success\",\"data\":{\"task_id\":\"%s\",\"status\":\"QUEUED\"}}".formatted(request.taskId()));
    private volatile Function<Request, Answer> onContent = _ -> Answer.of(404, "{}");

    /** One line of the ledger. */
    public record Request(String method, String path, Map<String, List<String>> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> String.join(",", header.getValue()))
                    .findFirst()
                    .orElse("");
        }

        public String taskId() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        boolean isSubmission() {
            return method.equals("POST");
        }
    }

    /** What to answer; a status of 0 breaks the connection instead, and so does a length that the body falls short of. */
    public record Answer(
            int status, String body, Map<String, String> headers, CountDownLatch after, long length, boolean filled) {

        private static final long WHOLE = -1;

        public static Answer of(int status, String body) {
            return new Answer(status, body, Map.of(), new CountDownLatch(0), WHOLE, false);
        }

        /** A film of so many bytes, made as it is sent. */
        public static Answer film(long bytes) {
            return new Answer(200, "", Map.of("Content-Type", "video/mp4"), new CountDownLatch(0), bytes, true);
        }

        public static Answer ok(String body) {
            return of(200, body);
        }

        /** No answer at all: the connection is closed. */
        public static Answer hangUp() {
            return of(0, "");
        }

        public Answer with(String header, String value) {
            var all = new HashMap<>(headers);
            all.put(header, value);
            return new Answer(status, body, Map.copyOf(all), after, length, filled);
        }

        /** The same answer, but not before the latch is opened. */
        public Answer heldBy(CountDownLatch latch) {
            return new Answer(status, body, headers, latch, length, filled);
        }

        /** The same answer, broken off: it announces this many bytes and sends only its body. */
        public Answer announcing(long bytes) {
            return new Answer(status, body, headers, after, bytes, filled);
        }
    }

    public LedgerUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** A 200 to a submission, in the words of the upstream's page. */
    public static Answer accepted(String taskId) {
        return Answer.ok(
                "{\"id\":\"%1$s\",\"task_id\":\"%1$s\",\"status\":\"queued\",\"model\":\"doubao-seedance-2-0-fast\"}"
                        .formatted(taskId));
    }

    public static String newTaskId() {
        return "task_up" + UUID.randomUUID().toString().replace("-", "");
    }

    /** How many films are on their way, and not taken. */
    public int streaming() {
        return streaming.get();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    public void onSubmit(Function<Request, Answer> answer) {
        onSubmit = answer;
    }

    public void onPoll(Function<Request, Answer> answer) {
        onPoll = answer;
    }

    public void onContent(Function<Request, Answer> answer) {
        onContent = answer;
    }

    /** What to say of one task from now on. */
    public void onPoll(String taskId, Answer answer) {
        answers.put(taskId, _ -> answer);
    }

    public List<Request> submissions() {
        return ledger.stream().filter(Request::isSubmission).toList();
    }

    public List<Request> polls() {
        return ledger.stream().filter(request -> !request.isSubmission()).toList();
    }

    /** Forgets everything, as if new. */
    public void reset() {
        ledger.clear();
        answers.clear();
        onSubmit = _ -> accepted(newTaskId());
        onPoll = request -> Answer.ok("{\"task_id\":\"%s\",\"status\":\"queued\"}".formatted(request.taskId()));
        onContent = _ -> Answer.of(404, "{}");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            ledger.add(request);
            answer(exchange, answerTo(request));
        }
    }

    private Answer answerTo(Request request) {
        if (request.isSubmission()) {
            return onSubmit.apply(request);
        }
        if (request.path().endsWith("/content")) {
            return onContent.apply(request);
        }
        return answers.getOrDefault(request.taskId(), onPoll).apply(request);
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        try {
            if (!answer.after().await(Duration.ofMinutes(5).toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (answer.status() == 0) {
            throw new IOException("hang up");
        }
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var length = answer.length() == Answer.WHOLE ? body.length : answer.length();
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (answer.filled()) {
            fill(exchange.getResponseBody(), length);
            return;
        }
        exchange.getResponseBody().write(body);
        if (length > body.length) {
            exchange.getResponseBody().flush();
            throw new IOException("break off");
        }
    }

    private void fill(OutputStream film, long length) throws IOException {
        streaming.incrementAndGet();
        try {
            var piece = new byte[64 * 1_024];
            for (var left = length; left > 0; left -= piece.length) {
                film.write(piece, 0, (int) Math.min(left, piece.length));
            }
        } finally {
            streaming.decrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
