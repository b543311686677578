package io.reelgate.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receivers of webhooks, each with a port of its own: quick, slow, now well and now not, and one that is dead until it is revived. They
 * write down what comes, and ask the API at that moment whether it knows.
 */
final class Inboxes implements AutoCloseable {

    private static final List<String> KINDS = List.of("quick", "slow", "flapping", "dead");

    private final List<Replica> replicas;
    private final HttpServer server;
    private final List<Wire> wires;
    private final Queue<Telling> tellings = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> asking = new ConcurrentLinkedQueue<>();
    private final AppClient client = new AppClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile boolean flapping = true;

    Inboxes(List<Replica> replicas) {
        this.replicas = replicas;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        wires = KINDS.stream().map(_ -> new Wire(server.getAddress().getPort())).toList();
        wires.getLast().sever();
    }

    /** The address of any of them. */
    String any() {
        int kind = ThreadLocalRandom.current().nextInt(KINDS.size());
        return "http://127.0.0.1:" + wires.get(kind).port() + "/" + KINDS.get(kind);
    }

    /** From now on all are there and well, if not all quick. */
    void revive() {
        flapping = false;
        wires.getLast().mend();
    }

    /** What came, as soon as all that the API was asked is answered. */
    List<Telling> tellings() {
        try {
            for (var thread : asking) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(tellings);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var at = Instant.now();
            var event = json.readTree(exchange.getRequestBody().readAllBytes());
            var kind = exchange.getRequestURI().getPath().substring(1);
            int fate = kind.equals("flapping") && flapping
                    ? ThreadLocalRandom.current().nextInt(3)
                    : 2;
            var telling = new Telling(
                    event.at("/data/id").asString(""),
                    String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                    event.path("type").asString(""),
                    fate == 2,
                    at,
                    null);
            asking.add(Thread.ofVirtual().start(() -> tellings.add(asked(telling))));
            if (kind.equals("slow")) {
                Storm.pause(200, 1_000);
            }
            if (fate > 0) { // else it hangs up
                exchange.sendResponseHeaders(fate == 1 ? 503 : 204, -1);
            }
        }
    }

    private Telling asked(Telling telling) {
        return new Telling(
                telling.jobId(), telling.eventId(), telling.type(), telling.taken(), telling.at(), known(telling));
    }

    /** Whichever replica is there says it: they have one record. */
    private @Nullable Boolean known(Telling telling) {
        for (var replica : replicas) {
            try {
                var answer = client.job(replica.port(), telling.jobId());
                if (answer.status() == 200) {
                    return List.of("completed", "failed").contains(String.valueOf(answer.text("/status")));
                }
                if (answer.status() == 404) {
                    return false;
                }
            } catch (IOException e) {
                // It is down, or the database away; that is the point.
            }
        }
        return null;
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
        server.stop(0);
    }
}
