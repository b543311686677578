package io.reelgate.flood;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of somebody at another address of loopback, who sends what he likes. */
final class Stranger implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.66";
    private static final int LONGEST_WAIT = 120_000; // ms

    private final Socket socket = new Socket();
    private final InputStream in;

    Stranger(int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(LONGEST_WAIT);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stranger send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Stranger send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads one answer, and returns its head; what follows it is read and dropped. */
    String answer() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        skipBody(head.toString().toLowerCase(Locale.ROOT));
        return head.toString();
    }

    private void skipBody(String head) throws IOException {
        int length = head.indexOf("content-length:");
        if (length >= 0) {
            in.skipNBytes(Long.parseLong(
                    head.substring(length + 15, head.indexOf('\r', length)).strip()));
        } else if (head.contains("transfer-encoding: chunked")) {
            for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
                in.skipNBytes(chunk + 2);
            }
            in.skipNBytes(2);
        }
    }

    private long chunk() throws IOException {
        var size = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed in a chunk");
            }
            size.append((char) next);
        }
        return Long.parseLong(size.toString().strip(), 16);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
