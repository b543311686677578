package io.reelgate.web;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How many connections the gateway takes: {@code server.tomcat.max-connections}, or, where nobody has set it, as many as half of the
 * heap can carry. One that has begun to send headers takes some 90 KB of it, and one whose answer waits {@value #BYTES} bytes (2,800 of
 * them, measured): Tomcat's own 8,192 would end a gateway of 1 GB.
 */
@Component
public class ConnectionLimit {

    private static final long BYTES = 140_000;
    private static final int LEAST = 2_000;

    /** Room for 10,000 answers that wait, and for ordinary requests beside them. */
    private static final int MOST = 12_000;

    private final int most;

    ConnectionLimit(Environment environment) {
        this.most = environment.getProperty(
                "server.tomcat.max-connections",
                Integer.class,
                of(Runtime.getRuntime().maxMemory()));
    }

    /** So many at once; -1 for no limit. */
    public int most() {
        return most;
    }

    /** What is right for a heap of so many bytes. */
    static int of(long heap) {
        return (int) Math.clamp(heap / 2 / BYTES, LEAST, MOST);
    }
}
