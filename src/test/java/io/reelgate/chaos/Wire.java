package io.reelgate.chaos;

import io.reelgate.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A TCP proxy on loopback that plays the bad network: it can reset what is connected, refuse what connects, and hold
 * every byte back as a black hole does, or the answers alone. Bytes held back are delivered late, even if their sender has
 * given up.
 */
final class Wire implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean requestsHeld;
    private boolean answersHeld;
    private volatile ServerSocket listener;

    /** A wire to this port on loopback. */
    Wire(int target) {
        this.target = target;
        this.port = Ports.free();
        this.listener = listen(port);
    }

    int port() {
        return port;
    }

    /** From now on every byte is held back, in both directions. */
    void stall() {
        hold(true, true);
    }

    /** From now on what is asked arrives, and what is answered is held back. */
    void stallAnswers() {
        hold(false, true);
    }

    /** Lets go whatever was held back, and all that follows. */
    void release() {
        hold(false, false);
    }

    /** Resets every connection. */
    void cut() {
        sockets.forEach(Wire::reset);
    }

    /** Resets every connection and refuses new ones, until {@link #mend}. */
    void sever() {
        close(listener);
        cut();
    }

    /** Takes connections again. */
    void mend() {
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    @Override
    public void close() {
        sever();
        release();
    }

    private void hold(boolean requests, boolean answers) {
        lock.lock();
        try {
            requestsHeld = requests;
            answersHeld = answers;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ServerSocket listen(int at) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 256);
            Thread.ofVirtual().start(() -> accept(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                var near = server.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            }
        } catch (IOException e) {
            close(server);
        }
    }

    private void connect(Socket near) {
        try {
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            for (var socket : List.of(near, far)) {
                socket.setTcpNoDelay(true);
            }
            Thread.ofVirtual().start(() -> pump(near, far, () -> requestsHeld));
            Thread.ofVirtual().start(() -> pump(far, near, () -> answersHeld));
        } catch (IOException e) {
            reset(near);
            sockets.remove(near);
        }
    }

    private void pump(Socket from, Socket to, BooleanSupplier held) {
        var buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitFlow(held);
                to.getOutputStream().write(buffer, 0, read);
            }
            awaitFlow(held);
        } catch (IOException e) {
            // The other end, or this test, broke it; both ends learn it below.
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitFlow(BooleanSupplier held) {
        lock.lock();
        try {
            while (held.getAsBoolean()) {
                flows.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        close(socket);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed already.
        }
    }
}
