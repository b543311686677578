package io.reelgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A TCP relay on loopback that can be cut and mended: while cut it has no connection and refuses new ones. */
final class CuttableProxy implements AutoCloseable {

    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong answered = new AtomicLong();
    private int port;
    private volatile ServerSocket server;
    private volatile boolean swallowing;

    CuttableProxy(int targetPort) {
        this.targetPort = targetPort;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    synchronized void cut() {
        quietly(server);
        sockets.forEach(CuttableProxy::quietly);
        sockets.clear();
    }

    synchronized void mend() {
        swallowing = false;
        server = listen(port);
    }

    /** From now on, and until it is cut, the target hears all and nobody hears what it answers. */
    void swallowAnswers() {
        swallowing = true;
    }

    boolean isCut() {
        return server.isClosed();
    }

    /** How many bytes the target has answered so far. */
    long bytesAnswered() {
        return answered.get();
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen(int at) {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            Thread.ofVirtual().start(() -> accept(listening));
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                var near = listening.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                sockets.add(near);
                sockets.add(far);
                if (listening.isClosed()) {
                    quietly(near); // cut in this very moment
                    quietly(far);
                }
                Thread.ofVirtual().start(() -> relay(near, far, new AtomicLong(), () -> false));
                Thread.ofVirtual().start(() -> relay(far, near, answered, () -> swallowing));
            }
        } catch (IOException e) {
            // Cut: whoever mends it listens anew.
        }
    }

    private static void relay(Socket from, Socket to, AtomicLong count, BooleanSupplier swallowed) {
        try (from;
                to) {
            var chunk = new byte[64 * 1024];
            int read;
            while ((read = from.getInputStream().read(chunk)) >= 0) {
                count.addAndGet(read);
                if (!swallowed.getAsBoolean()) {
                    to.getOutputStream().write(chunk, 0, read);
                }
            }
        } catch (IOException e) {
            // One of the two ends is gone; now both are.
        }
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
