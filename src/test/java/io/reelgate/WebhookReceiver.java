package io.reelgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A receiver of webhooks at all addresses of this machine, that writes down what comes and misbehaves as it was told to. */
public final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();

    /** One request; {@code number} counts those of its path from 1 on. */
    public record Request(String path, Map<String, List<String>> headers, byte[] body, int number, long at) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .getFirst();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What to answer, once the latch is open. */
    public record Reply(int status, Map<String, String> headers, String body, CountDownLatch after) {

        public static Reply of(int status) {
            return new Reply(status, Map.of(), "", new CountDownLatch(0));
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body, after);
        }

        public Reply saying(String text) {
            return new Reply(status, headers, text, after);
        }

        public Reply heldBy(CountDownLatch latch) {
            return new Reply(status, headers, body, latch);
        }
    }

    public WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public void on(String path, Function<Request, Reply> reply) {
        replies.put(path, reply);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var headers = new HashMap<String, List<String>>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            var body = exchange.getRequestBody().readAllBytes();
            Request request;
            synchronized (requests) {
                request = new Request(path, headers, body, requests(path).size() + 1, System.currentTimeMillis());
                requests.add(request);
            }
            var reply = replies.getOrDefault(path, _ -> Reply.of(204)).apply(request);
            if (!reply.after().await(1, TimeUnit.MINUTES)) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var text = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
