package io.reelgate.api.seedance;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of events to one reader. Nothing blocks on it: what a reader has not taken waits here, and of that the newest alone,
 * since it tells all that the older did.
 */
final class EventStream implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final byte[] HEARTBEAT = {':', '\n', '\n'};

    private static final Duration HEARTBEATS = Duration.ofSeconds(15);

    private static final Duration LONGEST_STALL = Duration.ofSeconds(10);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Runnable ended;
    private byte @Nullable [] next;
    private boolean last;
    private boolean unflushed;
    private boolean listening;
    private boolean over;
    private long stalledSince;
    private long wroteAt = System.nanoTime();

    /** A stream that runs {@code ended} once, when it is over. */
    EventStream(AsyncContext async, ServletOutputStream out, Runnable ended) {
        this.async = async;
        this.out = out;
        this.ended = ended;
    }

    /** From now on it is told when it may be written to; what waits is sent then. */
    void listen() {
        out.setWriteListener(this);
    }

    /** Sends this event in the place of any that waits; after the last one the stream ends. */
    synchronized void send(byte[] event, boolean isLast) {
        if (!last) {
            next = event;
            last = isLast;
            if (listening) {
                drain();
            }
        }
    }

    /** Looks after it: a heartbeat against proxies that close what is silent, and an end to one whose reader does not take it. */
    synchronized void tick(long now) {
        if (stalledSince != 0 && now - stalledSince > LONGEST_STALL.toNanos()) {
            log.debug("A stream of events is given up, since its reader does not take it");
            end();
        } else if (listening && next == null && now - wroteAt > HEARTBEATS.toNanos()) {
            next = HEARTBEAT;
            drain();
        }
    }

    /** Ends it, with what waits unsent. */
    synchronized void end() {
        if (!over) {
            over = true;
            ended.run();
            try {
                async.complete();
            } catch (IllegalStateException completed) {
                log.trace("A stream of events had ended", completed);
            }
        }
    }

    @Override
    public synchronized void onWritePossible() {
        listening = true;
        drain();
    }

    @Override
    public void onError(Throwable broken) {
        log.debug("A stream of events broke off: {}", broken.toString());
        end();
    }

    private void drain() {
        try {
            while (!over && out.isReady()) {
                stalledSince = 0;
                if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else if (next != null) {
                    var event = next;
                    next = null;
                    unflushed = true;
                    wroteAt = System.nanoTime();
                    out.write(event);
                } else {
                    if (last) {
                        end();
                    }
                    return;
                }
            }
            if (stalledSince == 0) {
                stalledSince = System.nanoTime();
            }
        } catch (IOException | IllegalStateException broken) {
            onError(broken);
        }
    }
}
