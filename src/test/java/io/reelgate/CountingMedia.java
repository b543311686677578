package io.reelgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelgate.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the upstream's links lead: gives each film of its own to any name, and counts who asks for it. */
final class CountingMedia implements AutoCloseable {

    private static final int SIZE = 300_000;

    private final Map<String, AtomicInteger> gets = new ConcurrentHashMap<>();
    private final HttpServer server;

    CountingMedia() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The link to the film of this name. */
    String link(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".mp4";
    }

    /** How often its link was asked for. */
    int gets(String name) {
        return gets.getOrDefault("/" + name + ".mp4", new AtomicInteger()).get();
    }

    /** The bytes of the film of this name: the beginning of an MP4, and noise. */
    static byte[] film(String name) {
        var film = new byte[SIZE];
        new Random(name.hashCode()).nextBytes(film);
        var head = "\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, film, 0, head.length);
        return film;
    }

    static String sha256(byte[] film) {
        return HexFormat.of().formatHex(Sha256.of(film));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            gets.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            var film = film(path.substring(1).replace(".mp4", ""));
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.sendResponseHeaders(200, film.length);
            exchange.getResponseBody().write(film);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
