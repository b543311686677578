package io.reelgate.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers that must come back on the same one. */
public final class Ports {

    /** Below those that a system gives to outgoing connections: one of these could take the port while its server is down. */
    private static final int LEAST = 10_000;

    private static final int END = 32_768;
    private static final int TRIES = 100;

    private Ports() {}

    /** A port on loopback that nobody listens on. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port after " + TRIES + " tries");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
