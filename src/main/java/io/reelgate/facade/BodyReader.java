package io.reelgate.facade;

import io.reelgate.submission.SubmissionProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Reads a body whole, within the limit for one and the budget for all; no database connection is held meanwhile. */
@Component
class BodyReader {

    private static final int CHUNK = 64 * 1024;

    private final DataSize limit;

    BodyReader(SubmissionProperties properties) {
        this.limit = properties.maxBody();
    }

    /** The bytes of the body; throws 413 over the limit, 503 over the budget, 400 if the app broke off. */
    byte[] read(HttpServletRequest request, BodyBudget.Reservation reservation) {
        long length = request.getContentLengthLong();
        if (length > limit.toBytes()) {
            throw tooLarge();
        }
        try {
            return length >= 0
                    ? readKnown(request.getInputStream(), (int) length, reservation)
                    : readChunked(request.getInputStream(), reservation);
        } catch (IOException e) {
            throw AppError.of(400, "incomplete_body", "The request body broke off before its end");
        }
    }

    private static byte[] readKnown(InputStream in, int length, BodyBudget.Reservation reservation) throws IOException {
        reservation.grow(length);
        var body = new byte[length];
        if (in.readNBytes(body, 0, length) < length) {
            // What came may be a whole document all the same, but not the one that was announced.
            throw new EOFException();
        }
        return body;
    }

    private byte[] readChunked(InputStream in, BodyBudget.Reservation reservation) throws IOException {
        var body = new ByteArrayOutputStream(CHUNK);
        var chunk = new byte[CHUNK];
        int read;
        while ((read = in.readNBytes(chunk, 0, CHUNK)) > 0) {
            if (body.size() + read > limit.toBytes()) {
                throw tooLarge();
            }
            reservation.grow(2L * read); // the stream's buffer, and the copy that it ends as
            body.write(chunk, 0, read);
        }
        return body.toByteArray();
    }

    private AppError tooLarge() {
        return AppError.of(
                413, "request_too_large", "The body is larger than the limit of " + limit.toMegabytes() + " MB");
    }
}
