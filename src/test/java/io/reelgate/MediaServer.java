package io.reelgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A host of films on loopback that counts who asks for what, and misbehaves as it was told to. */
public final class MediaServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, IntFunction<Reply>> replies = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, List<String>>>> asked = new ConcurrentHashMap<>();

    /**
     * What to answer.
     *
     * @param announced the length that is said; more than there is breaks the connection at the end
     * @param stall waited for in the middle of the body
     */
    public record Reply(int status, Map<String, String> headers, byte[] body, long announced, CountDownLatch stall) {

        public static Reply of(int status, String type, byte[] body) {
            return new Reply(status, Map.of("Content-Type", type), body, body.length, new CountDownLatch(0));
        }

        public static Reply film(byte[] film) {
            return of(200, "video/mp4", film);
        }

        public static Reply redirect(String location) {
            return new Reply(302, Map.of("Location", location), new byte[0], 0, new CountDownLatch(0));
        }

        public Reply announcing(long length) {
            return new Reply(status, headers, body, length, stall);
        }

        public Reply stalledBy(CountDownLatch latch) {
            return new Reply(status, headers, body, announced, latch);
        }
    }

    public MediaServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** So many bytes that begin as an MP4 file does, others for each seed. */
    public static byte[] mp4(int seed, int size) {
        var film = new byte[size];
        new Random(seed).nextBytes(film);
        System.arraycopy(new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'}, 0, film, 0, 12);
        return film;
    }

    /** What this path answers to its first GET (1), its second, and so on. */
    public void serve(String path, IntFunction<Reply> reply) {
        replies.put(path, reply);
    }

    public void serve(String path, Reply reply) {
        serve(path, _ -> reply);
    }

    /** The headers of each GET of this path. */
    public List<Map<String, List<String>>> asked(String path) {
        return asked.getOrDefault(path, List.of());
    }

    public int gets(String path) {
        return asked(path).size();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var lines = asked.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>());
            lines.add(Map.copyOf(exchange.getRequestHeaders()));
            var reply = replies.getOrDefault(path, _ -> Reply.of(404, "text/plain", "gone".getBytes()))
                    .apply(lines.size());
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.announced() == 0 ? -1 : reply.announced());
            var half = reply.body().length / 2;
            var body = exchange.getResponseBody();
            body.write(reply.body(), 0, half);
            body.flush();
            if (reply.stall().getCount() > 0 && !reply.stall().await(2, TimeUnit.MINUTES)) {
                return;
            }
            body.write(reply.body(), half, reply.body().length - half);
            body.flush();
            if (reply.announced() > reply.body().length) {
                throw new IOException("break off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
