package io.reelgate.api.body;

import io.reelgate.web.BodyFailure;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.util.unit.DataSize;

/**
 * Holds the body of each request to a pace, whoever reads it, and takes what nobody has read at the same pace once the answer
 * is out: who sends fast sees the answer and no reset, and who stalls or drips is disconnected.
 *
 * <p>Tomcat would take the rest too, but has no deadline for that, and a byte now and then would hold the connection for ever.
 */
final class BodyPaceValve extends ValveBase {

    /** More than this is not taken to its end, however fast it comes. */
    private static final long MOST_DROPPED = 256L * 1024 * 1024;

    /** For who was told that it is too slow, and is still sending: time to see that. */
    private static final BodyProperties LINGERING =
            new BodyProperties(Duration.ofSeconds(2), DataSize.ofMegabytes(1), Duration.ofSeconds(2));

    private final BodyProperties pace;

    /** Takes what is read and lets go of it. */
    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer last = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {}
    }

    BodyPaceValve(BodyProperties pace) {
        super(true);
        this.pace = pace;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var coyote = request.getCoyoteRequest();
        var body = coyote.getInputBuffer();
        var paced = new PacedBody(body, pace);
        coyote.setInputBuffer(paced);
        try {
            getNext().invoke(request, response);
        } finally {
            coyote.setInputBuffer(body); // it serves the next request of this connection too
        }
        if (!request.isAsync() && !coyote.isFinished()) {
            response.finishResponse();
            if (coyote.hasExpectation() || !taken(paced, body)) { // who asks before sending has the answer now
                coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** Takes the rest; false if it did not come to its end. */
    private static boolean taken(PacedBody paced, InputBuffer body) {
        return switch (paced.state()) {
            case NEW, COMING -> dropped(paced);
            case SLOW -> dropped(new PacedBody(body, LINGERING));
            case DEAD -> false;
        };
    }

    private static boolean dropped(PacedBody body) {
        long before = body.received();
        var dropped = new Dropped();
        try {
            while (body.doRead(dropped) >= 0) {
                if (body.received() - before > MOST_DROPPED) {
                    return false;
                }
            }
            return true;
        } catch (BodyFailure e) {
            return false;
        }
    }
}
