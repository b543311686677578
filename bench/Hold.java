import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upstream with a purse, that works on so many submissions at once, and takes 200 ms for each of those of the fast model; the others wait
 * for a place. With an empty purse it refuses those of the fast model: {@code java Hold.java <port> <places>}
 *
 * <p>{@code POST /purse/<jobs>} fills it, {@code POST /reset} forgets what was counted, {@code GET /took} tells how many seconds passed
 * from the first acceptance to the last and how many were refused, {@code GET /allows/<jobs>} how many a second the places allow.
 */
class Hold {

    static final long WORK_MS = 200;

    static final AtomicLong numbers = new AtomicLong();
    static final AtomicLong purse = new AtomicLong();
    static final AtomicLong first = new AtomicLong();
    static final AtomicLong last = new AtomicLong();
    static final AtomicLong refused = new AtomicLong();

    static int capacity;
    static Semaphore places;

    public static void main(String[] args) throws IOException {
        capacity = Integer.parseInt(args[1]);
        places = new Semaphore(capacity, true);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 8192);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Hold::handle);
        server.start();
    }

    static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var path = exchange.getRequestURI().getPath();
            var end = path.substring(path.lastIndexOf('/') + 1);
            switch (exchange.getRequestMethod() + " " + path.substring(0, path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1))) {
                case "POST /purse" -> {
                    purse.set(Long.parseLong(end));
                    answer(exchange, 200, "");
                }
                case "POST /reset" -> {
                    first.set(0);
                    last.set(0);
                    refused.set(0);
                    answer(exchange, 200, "");
                }
                case "GET /took" ->
                    answer(exchange, 200, String.format(Locale.ROOT, "%.3f %d\n", (last.get() - first.get()) / 1e9, refused.get()));
                case "GET /allows" -> answer(exchange, 200, String.format(Locale.ROOT, "%.1f\n", capacity * 1000.0 / WORK_MS));
                case "POST /v1" -> submit(exchange, body.contains("-fast"));
                default -> answer(exchange, 200, running(end));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void submit(HttpExchange exchange, boolean waits) throws IOException, InterruptedException {
        var began = System.nanoTime();
        if (waits && purse.getAndUpdate(left -> Math.max(0, left - 1)) <= 0) {
            refused.incrementAndGet();
            answer(exchange, 402, "{\"error\":{\"message\":\"Insufficient balance\",\"code\":\"insufficient_quota\"}}");
            return;
        }
        if (waits) {
            first.compareAndSet(0, began);
            places.acquire();
            try {
                Thread.sleep(WORK_MS);
            } finally {
                places.release();
            }
            last.set(System.nanoTime());
        }
        var id = "t-" + numbers.incrementAndGet();
        answer(exchange, 200, "{\"id\":\"" + id + "\",\"task_id\":\"" + id + "\",\"object\":\"video\",\"status\":\"queued\",\"progress\":0}");
    }

    /** No task ends while it is measured. */
    static String running(String id) {
        return "{\"code\":\"success\",\"message\":\"\",\"data\":{\"task_id\":\"" + id + "\",\"status\":\"IN_PROGRESS\",\"progress\":\"1%\"}}";
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
