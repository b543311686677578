import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apps that want to know when their jobs have ended. Each line of the output is an id, a tab, and the milliseconds since 1970 at
 * which it was told.
 *
 * <p>{@code java Tell.java wait <gateway's port> <file of ids> <output>} waits for all at once, {@code poll} asks for each every 5 s;
 * {@code SIGTERM} ends them. {@code java Tell.java receive <port> <how many> <output>} takes webhooks at so many ports from that one on,
 * {@code hang <port> <how many>} takes connections and says nothing.
 */
class Tell {

    static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    static final Pattern ID = Pattern.compile("(?im)^webhook-id: *(\\S+)");

    /** An address has half of the gateway's places to wait; these are apps on several machines. */
    static final int ADDRESSES = 8;

    static BufferedWriter out;

    public static void main(String[] args) throws Exception {
        var port = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "wait", "poll" -> {
                out = Files.newBufferedWriter(Path.of(args[3]));
                var threads = new ArrayList<Thread>();
                int number = 0;
                for (var id : Files.readAllLines(Path.of(args[2]))) {
                    int app = number++;
                    threads.add(Thread.ofVirtual().start(() -> follow(args[0].equals("wait"), port, id, app)));
                    Thread.sleep(1);
                }
                for (var thread : threads) {
                    thread.join();
                }
            }
            case "receive", "hang" -> {
                boolean silent = args[0].equals("hang");
                out = silent ? null : Files.newBufferedWriter(Path.of(args[3]));
                for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                    var server = new ServerSocket();
                    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i), 1024);
                    Thread.ofPlatform().start(() -> accept(server, silent));
                }
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static void follow(boolean waits, int port, String id, int app) {
        try {
            if (!waits) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(5_000));
            }
            while (!ask(waits, port, id, app).contains("\"status\":\"completed\"")) {
                if (!waits) {
                    Thread.sleep(5_000);
                }
            }
            told(id);
        } catch (IOException | InterruptedException e) {
            System.err.println(id + ": " + e);
        }
    }

    static String ask(boolean waits, int port, String id, int app) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0." + (1 + app % ADDRESSES), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(("GET /v1/video/generations/" + id + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
                    + (waits ? "Prefer: wait=60\r\n" : "") + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void accept(ServerSocket server, boolean silent) {
        var kept = new ArrayList<Socket>();
        while (true) {
            try {
                var socket = server.accept();
                if (silent) {
                    kept.add(socket);
                } else {
                    Thread.ofVirtual().start(() -> take(socket));
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    static void take(Socket socket) {
        try (socket) {
            var head = head(new BufferedInputStream(socket.getInputStream()));
            var id = ID.matcher(head);
            if (id.find()) {
                told(id.group(1));
            }
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    /** The head, when the body is read too. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.toString();
    }

    static void told(String id) throws IOException {
        var line = id + "\t" + System.currentTimeMillis() + "\n";
        synchronized (Tell.class) {
            out.write(line);
            out.flush();
        }
    }
}
