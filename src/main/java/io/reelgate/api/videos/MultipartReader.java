package io.reelgate.api.videos;

import io.reelgate.web.AppError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form (RFC 7578) part by part, as it comes. It keeps nothing but a buffer, whatever is sent, and throws a 400 for whatever
 * is not as the RFC says.
 */
final class MultipartReader {

    private static final int BUFFER = 16 * 1024;

    /** Of one part; browsers and SDKs need some hundred bytes. */
    private static final int LONGEST_HEAD = 8 * 1024;

    private final InputStream in;

    /** What ends each part. Its first byte stands nowhere else in it, so a search for it never has to look back. */
    private final byte[] delimiter;

    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean begun;
    private boolean ended;
    private @Nullable String part;

    /** A form whose parts are told from each other by this boundary. */
    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /** The next part; {@code null} behind the last one. The part before must have been read to its end. */
    @Nullable
    PartHead next() throws IOException {
        if (!begun) {
            begin();
        }
        part = null;
        if (isLast()) {
            expectNothing();
            return null;
        }
        var head = PartHead.of(head());
        part = head.name();
        ended = false;
        return head;
    }

    /** Some more of the part's content; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        while (!ended) {
            int content = content();
            if (content > 0) {
                int taken = Math.min(content, length);
                System.arraycopy(buffer, from, target, offset, taken);
                from += taken;
                return taken;
            }
            if (to - from >= delimiter.length) {
                from += delimiter.length;
                ended = true;
            } else if (!filled()) {
                throw AppError.invalid(
                        part, "The form breaks off: the boundary that Content-Type names does not end it");
            }
        }
        return -1;
    }

    /** The first delimiter has no line in front of it that it could end. */
    private void begin() throws IOException {
        begun = true;
        buffer[to++] = '\r';
        buffer[to++] = '\n';
        if (read(new byte[1], 0, 1) >= 0) {
            throw AppError.invalid("Content-Type", "The form does not begin with the boundary that Content-Type names");
        }
    }

    /** How much of what is in the buffer certainly belongs to the part: all up to the delimiter, or to what may become one. */
    private int content() {
        int at = from;
        while (at < to && !(buffer[at] == '\r' && mayBeDelimiter(at))) {
            at++;
        }
        return at - from;
    }

    private boolean mayBeDelimiter(int at) {
        int known = Math.min(delimiter.length, to - at);
        for (int i = 1; i < known; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads on behind a delimiter: two hyphens, or a line's end before another part; spaces may stand in between. */
    private boolean isLast() throws IOException {
        int next = take();
        if (next == '-' && take() == '-') {
            return true;
        }
        for (int padding = 0; (next == ' ' || next == '\t') && padding < LONGEST_HEAD; padding++) {
            next = take();
        }
        if (next != '\r' || take() != '\n') {
            throw AppError.invalid("Content-Type", "In the form something else than a line's end follows a boundary");
        }
        return false;
    }

    private void expectNothing() throws IOException {
        do {
            for (; from < to; from++) {
                if (" \t\r\n".indexOf(buffer[from]) < 0) {
                    throw AppError.invalid(null, "Something follows the end of the form");
                }
            }
        } while (filled());
    }

    private List<String> head() throws IOException {
        var lines = new ArrayList<String>();
        int length = 0;
        for (var line = line(length); !line.isEmpty(); line = line(length)) {
            length += line.length() + 2;
            lines.add(line);
        }
        return lines;
    }

    private String line(int before) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = take(); next != '\r'; next = take()) {
            if (before + line.size() == LONGEST_HEAD) {
                throw AppError.invalid(null, "The headers of a part are longer than 8 KB");
            }
            if (next < ' ' && next != '\t') {
                throw AppError.invalid(null, "The headers of a part hold control characters");
            }
            line.write(next);
        }
        if (take() != '\n') {
            throw AppError.invalid(null, "The headers of a part hold control characters");
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int take() throws IOException {
        if (from == to && !filled()) {
            throw AppError.invalid(
                    null, "The form breaks off within the headers of a part, or before its last boundary");
        }
        return buffer[from++] & 0xFF;
    }

    /** Reads on; false at the end. What is left never fills the buffer. */
    private boolean filled() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read >= 0;
    }
}
