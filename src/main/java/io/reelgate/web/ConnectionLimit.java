package io.reelgate.web;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How many connections the gateway takes: {@code server.tomcat.max-connections}, or, where nobody has set it, as many as a third of the
 * heap can carry. One that has begun to send headers, or whose answer waits, takes some {@value #BYTES} bytes of it: Tomcat's own
 * 8,192 of them would end a gateway of 1 GB.
 */
@Component
public class ConnectionLimit {

    private static final long BYTES = 90_000;
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
        return (int) Math.clamp(heap / 3 / BYTES, LEAST, MOST);
    }
}
