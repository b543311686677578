package io.reelgate.api.body;

import io.reelgate.web.BodyFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body as it comes from the connection, held to a pace: a grace, then a least rate over the whole, and a deadline. Its clock
 * runs from its first read.
 */
final class PacedBody implements InputBuffer {

    private final InputBuffer body;
    private final BodyProperties pace;
    private State state = State.NEW;
    private long began;
    private long received;

    /** Where a body is: it comes, or it came too slowly, or nothing good can come any more. */
    enum State {
        NEW,
        COMING,
        SLOW,
        DEAD
    }

    PacedBody(InputBuffer body, BodyProperties pace) {
        this.body = body;
        this.pace = pace;
    }

    /** More of it; throws {@link BodyFailure} if it broke, or comes too slowly. */
    @Override
    public int doRead(ApplicationBufferHandler handler) {
        if (state == State.NEW) {
            state = State.COMING;
            began = System.nanoTime();
        }
        int read = read(handler);
        if (read > 0) {
            received += read;
            if (body.available() == 0 && isTooSlow()) {
                state = State.SLOW;
                throw BodyFailure.tooSlow();
            }
        }
        return read;
    }

    private int read(ApplicationBufferHandler handler) {
        try {
            return body.doRead(handler);
        } catch (SocketTimeoutException e) {
            state = State.DEAD;
            throw BodyFailure.tooSlow();
        } catch (IOException e) {
            state = State.DEAD;
            throw BodyFailure.brokenOff();
        }
    }

    @Override
    public int available() {
        return body.available();
    }

    State state() {
        return state;
    }

    /** How many bytes have come. */
    long received() {
        return received;
    }

    private boolean isTooSlow() {
        var elapsed = Duration.ofNanos(System.nanoTime() - began);
        var earned = Duration.ofMillis(1000 * received / pace.leastRate().toBytes());
        return elapsed.compareTo(pace.deadline()) > 0
                || elapsed.compareTo(pace.grace().plus(earned)) > 0;
    }
}
