package io.reelgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP library would, and reads what comes back until the server closes. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;

    RawHttp(int port) {
        this(port, 64 * 1024);
    }

    /** Takes no more than about so many bytes until it is read from. */
    RawHttp(int port, int buffer) {
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(buffer);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text as ISO 8859-1, so that each character is one byte. */
    RawHttp send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will come, but goes on listening. */
    RawHttp end() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything up to the end of the connection. */
    String all() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "broken: " + e.getMessage();
        }
    }

    /** What has come when this much text has. */
    String until(String text) {
        var read = new StringBuilder();
        try {
            int next;
            while (read.indexOf(text) < 0 && (next = socket.getInputStream().read()) >= 0) {
                read.append((char) next);
            }
        } catch (IOException e) {
            read.append("broken: ").append(e.getMessage());
        }
        return read.toString();
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
