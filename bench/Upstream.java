import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated upstream that knows when each task ends. A task's id says it all, so nothing has to be remembered and tasks
 * can be made up by whoever knows the form: {@code t-<start, ms>-<duration, ms>-<slow: 0 or 1>-<number>}. An answer tells
 * the state of the moment it is sent.
 *
 * <p>{@code java Upstream.java <port> <latency, ms> <latency of slow tasks, ms> <divisor of all durations> [<begin of films' links>]}
 *
 * <p>{@code GET /polls} tells how many polls were answered; {@code GET /counts} tells it for each task.
 */
class Upstream {

    static final Pattern ID = Pattern.compile("t-(\\d+)-(\\d+)-([01])-\\d+");
    static final AtomicLong polls = new AtomicLong();
    static final AtomicLong numbers = new AtomicLong();
    static final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    static int latency;
    static int slowLatency;
    static int divisor;
    static String films = "https://127.0.0.1/films/";

    public static void main(String[] args) throws IOException {
        latency = Integer.parseInt(args[1]);
        slowLatency = Integer.parseInt(args[2]);
        divisor = Integer.parseInt(args[3]);
        films = args.length > 4 ? args[4] : films;
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 8192);
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 4096);
            var out = socket.getOutputStream();
            String head;
            while ((head = head(in)) != null) {
                var body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
                var answer = answer(head.substring(0, head.indexOf(' ', 5)), body).getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(answer);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // The other side went away.
        }
    }

    /** The request line and the headers, or null at the end of the connection. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder(512);
        int c;
        while ((c = in.read()) >= 0) {
            head.append((char) c);
            if (c == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
                return head.toString();
            }
        }
        return null;
    }

    static int length(String head) {
        int at = head.toLowerCase().indexOf("\ncontent-length:");
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)).strip());
    }

    static String answer(String request, String body) throws InterruptedException {
        if (request.startsWith("POST")) {
            return submitted(body);
        }
        if (request.equals("GET /polls")) {
            return polls + "\n";
        }
        if (request.equals("GET /counts")) {
            var all = new StringBuilder();
            counts.forEach((id, count) -> all.append(id).append('\t').append(count).append('\n'));
            return all.toString();
        }
        return polled(request.substring(request.lastIndexOf('/') + 1));
    }

    static String submitted(String body) throws InterruptedException {
        Thread.sleep(latency);
        var id = "t-%d-%d-%d-%d".formatted(System.currentTimeMillis(), duration(body), 0, numbers.incrementAndGet());
        return "{\"id\":\"" + id + "\",\"task_id\":\"" + id + "\",\"object\":\"video\",\"status\":\"queued\",\"progress\":0}";
    }

    /** 30 to 120 s by model, size and length, plus noise whose standard deviation is an eighth of that. */
    static long duration(String body) {
        double seconds = 30
                + 6 * Double.parseDouble(field(body, "seconds", "5")) * (field(body, "size", "").startsWith("1920") ? 1.4 : 1);
        double length = seconds * (field(body, "model", "").endsWith("fast") ? 0.6 : 1);
        double noisy = length * (1 + new Random().nextGaussian() / 8);
        return (long) (1000 * Math.clamp(noisy, 30, 120) / divisor);
    }

    static String field(String json, String name, String otherwise) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : otherwise;
    }

    static String polled(String id) throws InterruptedException {
        var task = ID.matcher(id);
        if (!task.matches()) {
            return "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}";
        }
        Thread.sleep(task.group(3).equals("1") ? slowLatency : latency);
        polls.incrementAndGet();
        counts.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
        long duration = Long.parseLong(task.group(2));
        long age = System.currentTimeMillis() - Long.parseLong(task.group(1));
        return age >= duration
                ? data(id, "SUCCESS", 100, films + id + ".mp4", (Long.parseLong(task.group(1)) + duration) / 1000)
                : data(id, "IN_PROGRESS", (int) (99 * age / duration), "", 0);
    }

    /** Times are Unix seconds, 0 for what has not happened, as those of a real one. */
    static String data(String id, String status, int progress, String url, long finished) {
        return "{\"code\":\"success\",\"message\":\"\",\"data\":{\"task_id\":\"" + id + "\",\"status\":\"" + status
                + "\",\"progress\":\"" + progress + "%\",\"fail_reason\":\"\",\"finish_time\":" + finished + ",\"result_url\":\"" + url
                + "\",\"data\":{\"usage\":{\"completion_tokens\":108900,\"total_tokens\":108900}}}}";
    }
}
