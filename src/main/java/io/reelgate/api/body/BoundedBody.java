package io.reelgate.api.body;

import io.reelgate.web.BodyFailure;
import java.io.IOException;
import java.io.InputStream;

/** A body as it comes: no larger than it may be, and not taken for whole before its announced end. */
final class BoundedBody extends InputStream {

    private final InputStream in;
    private final long announced;
    private final long limit;
    private long received;

    /** {@code announced} is negative if its length was not. */
    BoundedBody(InputStream in, long announced, long limit) {
        this.in = in;
        this.announced = announced;
        this.limit = limit;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int read = some(target, offset, length);
        if (read < 0 && received < announced) {
            throw BodyFailure.brokenOff();
        }
        received += Math.max(0, read);
        if (received > limit) {
            throw BodyReader.tooLarge(limit);
        }
        return read;
    }

    private int some(byte[] target, int offset, int length) {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw BodyFailure.brokenOff();
        }
    }
}
