package io.reelgate;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks for a film and takes of it what it is told to, over a connection that holds little of it by itself. */
final class FilmReaderSocket implements AutoCloseable {

    private static final int LITTLE = 16 * 1_024;

    private final Socket socket = new Socket();

    /** Asks from this address on loopback. */
    FilmReaderSocket(String from, int port, String path) throws IOException {
        socket.setReceiveBufferSize(LITTLE);
        socket.setSoTimeout(60_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    InputStream input() throws IOException {
        return socket.getInputStream();
    }

    /** All that comes up to the end of the connection, in bytes; less than was announced if it was given up. */
    long all() throws IOException {
        var all = 0L;
        var piece = new byte[LITTLE];
        try {
            for (int count; (count = input().read(piece)) >= 0; ) {
                all += count;
            }
        } catch (java.net.SocketException broken) {
            // A reset is an end, too.
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
