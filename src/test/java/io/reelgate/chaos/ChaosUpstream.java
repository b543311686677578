package io.reelgate.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.json.JsonMapper;

/**
 * The upstream as a process of its own: it writes every submission into its ledger before it answers, and then may answer
 * slowly, wrongly or not at all. {@code GET /ledger} shows the ledger, {@code GET /calls} when each submission was under way,
 * {@code POST /mood} sets the {@link Mood}. It also is the host of
 * the films, which come slowly and at times break off; {@code GET /films} shows how often each was sent to its end.
 */
final class ChaosUpstream {

    private static final String SUBMIT = "/v1/video/generations";

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<LedgerEntry> ledger = new CopyOnWriteArrayList<>();
    private final List<Evidence.Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private volatile Mood mood = Mood.FAIR;

    private record Task(boolean succeeds, long began, long millis) {

        int progress() {
            return (int) Math.min(100, (System.nanoTime() - began) / 1_000_000 * 100 / millis);
        }
    }

    public static void main(String[] args) throws IOException {
        var port = Integer.parseInt(args[0]);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new ChaosUpstream()::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET /ledger" -> answer(exchange, 200, json.writeValueAsString(ledger));
                case "POST /mood" -> {
                    mood = json.readValue(body, Mood.class);
                    answer(exchange, 200, "{}");
                }
                case "POST " + SUBMIT ->
                    submit(exchange, json.readTree(body).path("prompt").asString());
                case "GET /calls" -> answer(exchange, 200, json.writeValueAsString(calls));
                case "GET /films" -> answer(exchange, 200, json.writeValueAsString(sent));
                case String film
                when film.startsWith("GET /films/") ->
                    film(exchange, path.substring(path.lastIndexOf('/') + 1).replace(".mp4", ""));
                default -> poll(exchange, path.substring(path.lastIndexOf('/') + 1));
            }
        }
    }

    private record Reply(int status, String text) {}

    private void submit(HttpExchange exchange, String prompt) throws IOException {
        var began = System.currentTimeMillis();
        var reply = bought(prompt);
        calls.add(new Evidence.Call(prompt, began, System.currentTimeMillis()));
        if (reply.isPresent()) {
            answer(exchange, reply.get().status(), reply.get().text());
        }
    }

    /** What is to be answered, after the time that it takes; nothing: the connection is closed. */
    private Optional<Reply> bought(String prompt) {
        var now = mood;
        if (now.refusing()) {
            ledger.add(new LedgerEntry(prompt, "", false, true));
            pause(5, now.answerMillis());
            return Optional.of(
                    new Reply(402, "{\"error\":{\"message\":\"balance too low\",\"code\":\"insufficient_quota\"}}"));
        }
        var random = ThreadLocalRandom.current();
        var taskId = "task_up" + UUID.randomUUID().toString().replace("-", "");
        var troubled = random.nextInt(100) < now.trouble();
        var succeeds = taskId.charAt(taskId.length() - 1) < 'c';
        long millis = random.nextLong(now.taskMillis() / 2, now.taskMillis() * 3L / 2);
        tasks.put(taskId, new Task(succeeds, System.nanoTime(), millis));
        ledger.add(new LedgerEntry(prompt, taskId, succeeds, !troubled));
        if (troubled) {
            return badly(random.nextInt(4), accepted(taskId));
        }
        pause(5, now.answerMillis());
        return Optional.of(new Reply(200, accepted(taskId)));
    }

    private static Optional<Reply> badly(int how, String accepted) {
        switch (how) {
            case 0, 1 -> pause(5, 100);
            case 2 -> pause(1_600, 2_400); // past answer-within
            default -> pause(3_500, 4_000); // past the response time-out
        }
        return switch (how) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Reply(500, "{\"code\":\"do_request_failed\",\"message\":\"broken pipe\"}"));
            default -> Optional.of(new Reply(200, accepted));
        };
    }

    private void film(HttpExchange exchange, String taskId) throws IOException {
        var fate = ThreadLocalRandom.current().nextInt(10);
        if (fate == 0) {
            answer(exchange, 503, "{}");
            return;
        }
        var film = LedgerEntry.film(taskId);
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.sendResponseHeaders(200, film.length);
        var pieces = 5;
        for (int piece = 0; piece < pieces; piece++) {
            pause(20, 120);
            if (fate == 1 && piece == pieces / 2) {
                throw new IOException("break off");
            }
            exchange.getResponseBody()
                    .write(film, from(film, piece, pieces), from(film, piece + 1, pieces) - from(film, piece, pieces));
            exchange.getResponseBody().flush();
        }
        sent.merge(taskId, 1, Integer::sum);
    }

    private static int from(byte[] film, int piece, int pieces) {
        return (int) ((long) film.length * piece / pieces);
    }

    private void poll(HttpExchange exchange, String taskId) throws IOException {
        var task = tasks.get(taskId);
        var answer = task == null ? null : snapshot(exchange, taskId, task);
        pause(1, mood.pollMillis());
        if (answer == null) {
            answer(exchange, 400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}");
        } else if (ThreadLocalRandom.current().nextInt(50) == 0) {
            answer(exchange, 502, "<html>Bad Gateway</html>");
        } else {
            answer(exchange, 200, answer);
        }
    }

    private static String snapshot(HttpExchange exchange, String taskId, Task task) {
        var progress = task.progress();
        var status =
                progress < 15 ? "QUEUED" : progress < 100 ? "IN_PROGRESS" : task.succeeds() ? "SUCCESS" : "FAILURE";
        return """
                {"code":"success","message":"","data":{"task_id":"%s","status":"%s","progress":"%d%%",
                "fail_reason":"%s","result_url":"%s"}}
                """.formatted(
                taskId,
                status,
                progress,
                status.equals("FAILURE") ? "the film tore" : "",
                status.equals("SUCCESS")
                        ? "http://127.0.0.1:" + exchange.getLocalAddress().getPort() + LedgerEntry.path(taskId)
                        : "");
    }

    private static String accepted(String taskId) {
        return "{\"id\":\"%1$s\",\"task_id\":\"%1$s\",\"object\":\"video\",\"status\":\"queued\"}".formatted(taskId);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void pause(int least, int most) {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(least, most)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
