package io.reelgate.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that does on the wire what a script says, and keeps a ledger of every request that began to arrive. */
public final class ScriptedUpstream implements AutoCloseable {

    /** What to do with one request, whose body is still to be read. Returning keeps the connection open. */
    public interface Script {
        void run(Request request, Socket socket) throws IOException, InterruptedException;
    }

    /** A request's head, and its body as far as the script asks for it. */
    public record Request(String line, Map<String, String> headers, int connection, InputStream input) {

        byte[] body() throws IOException {
            var length = headers.getOrDefault("content-length", "0");
            return input.readNBytes(Integer.parseInt(length));
        }
    }

    public final List<Request> ledger = new CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closedByClient = new AtomicInteger();

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Script script;

    public ScriptedUpstream(Script script) throws IOException {
        this(script, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** One behind this socket, which may speak TLS. */
    public ScriptedUpstream(Script script, ServerSocket server) {
        this.script = script;
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    /** Reads the body and answers so; the connection stays open. */
    public static Script answering(int status, String body, String... headers) {
        return (request, socket) -> {
            request.body();
            write(socket, http(status, body, headers));
        };
    }

    /** Reads the body and writes these bytes as they are, then closes. */
    static Script writing(String bytes) {
        return (request, socket) -> {
            request.body();
            write(socket, bytes);
            socket.close();
        };
    }

    /** Reads the body and resets the connection. */
    static Script resetting(String bytesBefore) {
        return (request, socket) -> {
            request.body();
            write(socket, bytesBefore);
            reset(socket);
        };
    }

    static String http(int status, String body, String... headers) {
        return "HTTP/1.1 " + status + " Some\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static void write(Socket socket, String bytes) throws IOException {
        write(socket, bytes.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    long posts() {
        return ledger.stream()
                .filter(request -> request.line().startsWith("POST "))
                .count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                var number = opened.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            var input = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                var head = head(input);
                if (head == null) {
                    closedByClient.incrementAndGet();
                    return;
                }
                var request = request(head, connection, input);
                ledger.add(request);
                script.run(request, socket);
            }
        } catch (IOException | InterruptedException gone) {
            // The client or the test closed the connection.
        }
    }

    private static Request request(String head, int connection, InputStream input) {
        var lines = head.split("\r\n");
        var headers = new TreeMap<String, String>();
        for (var line : List.of(lines).subList(1, lines.length)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(lines[0], headers, connection, input);
    }

    private static @org.jspecify.annotations.Nullable String head(InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        for (var octet = input.read(); octet >= 0; octet = input.read()) {
            head.write(octet);
            var text = octet == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return null;
    }
}
