package io.reelgate.api.body;

import io.reelgate.submission.SubmissionProperties;
import io.reelgate.web.AppError;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Reads a body whole, within the limit for one and the budget for all; no database connection is held meanwhile.
 *
 * <p>Memory is set aside as bytes arrive and not as they are announced: an announcement costs its sender nothing.
 */
@Component
public class BodyReader {

    private static final int FIRST = 64 * 1024;

    private final DataSize limit;

    BodyReader(SubmissionProperties properties) {
        this.limit = properties.maxBody();
    }

    /** The bytes of the body; throws 413 over the limit, 503 over the budget, 400 if the app broke off. */
    public byte[] read(HttpServletRequest request, BodyBudget.Reservation reservation) {
        long length = request.getContentLengthLong();
        if (length > limit.toBytes()) {
            throw tooLarge();
        }
        try {
            return length >= 0
                    ? readKnown(request.getInputStream(), (int) length, reservation)
                    : readChunked(request.getInputStream(), reservation);
        } catch (IOException e) {
            throw BodyFailure.brokenOff();
        }
    }

    private static byte[] readKnown(InputStream in, int length, BodyBudget.Reservation reservation) throws IOException {
        var body = first(length, reservation);
        int size = fill(in, body, 0);
        while (size == body.length && size < length) {
            body = grown(body, length, reservation);
            size = fill(in, body, size);
        }
        if (size < length) {
            // What came may be a whole document all the same, but not the one that was announced.
            throw new EOFException();
        }
        return body;
    }

    private byte[] readChunked(InputStream in, BodyBudget.Reservation reservation) throws IOException {
        int most = Math.toIntExact(limit.toBytes());
        var body = first(most, reservation);
        int size = fill(in, body, 0);
        while (size == body.length && size < most) {
            body = grown(body, most, reservation);
            size = fill(in, body, size);
        }
        if (size == most && in.read() >= 0) {
            throw tooLarge();
        }
        return size == body.length ? body : resized(body, size, reservation);
    }

    private static byte[] first(int most, BodyBudget.Reservation reservation) {
        int size = Math.min(most, FIRST);
        reservation.grow(size);
        return new byte[size];
    }

    /** Twice as large, and as large as it may become once half of that has come: the two are in memory for a moment. */
    private static byte[] grown(byte[] body, int most, BodyBudget.Reservation reservation) {
        int half = most / 2;
        return resized(body, body.length < half ? Math.min(2 * body.length, half) : most, reservation);
    }

    private static byte[] resized(byte[] body, int size, BodyBudget.Reservation reservation) {
        reservation.grow(size);
        var resized = Arrays.copyOf(body, size);
        reservation.shrink(body.length);
        return resized;
    }

    private static int fill(InputStream in, byte[] body, int from) throws IOException {
        return from + in.readNBytes(body, from, body.length - from);
    }

    private AppError tooLarge() {
        return AppError.of(
                413, "request_too_large", "The body is larger than the limit of " + limit.toMegabytes() + " MB");
    }
}
