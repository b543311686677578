package io.reelgate.api.body;

import io.reelgate.submission.SubmissionProperties;
import io.reelgate.web.AppError;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Reads a body whole, within the limit for one and the budget for all; no database connection is held meanwhile.
 *
 * <p>Memory is set aside as bytes arrive and not as they are announced: an announcement costs its sender nothing.
 */
@Component
public class BodyReader {

    private final DataSize limit;

    public BodyReader(SubmissionProperties properties) {
        this.limit = properties.maxBody();
    }

    /** The bytes of the body; throws 413 over the limit, 503 over the budget, 400 if the app broke off. */
    public byte[] read(HttpServletRequest request, BodyBudget.Reservation reservation) {
        long length = lengthOf(request);
        try {
            return length >= 0
                    ? readKnown(request.getInputStream(), (int) length, reservation)
                    : readChunked(request.getInputStream(), reservation);
        } catch (IOException e) {
            throw BodyFailure.brokenOff();
        }
    }

    /** The body as it comes, for who does not keep all of it; it throws what {@link #read} does. */
    public InputStream open(HttpServletRequest request) {
        long length = lengthOf(request);
        try {
            return new BoundedBody(request.getInputStream(), length, limit.toBytes());
        } catch (IOException e) {
            throw BodyFailure.brokenOff();
        }
    }

    /** For a body that is put together of what came; it throws 413 beyond the limit too. */
    public BodyBuffer buffer(BodyBudget.Reservation reservation) {
        return new BodyBuffer(Math.toIntExact(limit.toBytes()), reservation);
    }

    private long lengthOf(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length > limit.toBytes()) {
            throw tooLarge(limit.toBytes());
        }
        return length;
    }

    private static byte[] readKnown(InputStream in, int length, BodyBudget.Reservation reservation) throws IOException {
        var body = new BodyBuffer(length, reservation);
        body.fill(in);
        if (body.size() < length) {
            // What came may be a whole document all the same, but not the one that was announced.
            throw new EOFException();
        }
        return body.toByteArray();
    }

    private byte[] readChunked(InputStream in, BodyBudget.Reservation reservation) throws IOException {
        var body = buffer(reservation);
        body.fill(in);
        if (body.isFull() && in.read() >= 0) {
            throw tooLarge(limit.toBytes());
        }
        return body.toByteArray();
    }

    static AppError tooLarge(long limit) {
        return AppError.of(
                413,
                "request_too_large",
                "The body is larger than the limit of "
                        + DataSize.ofBytes(limit).toMegabytes() + " MB");
    }
}
