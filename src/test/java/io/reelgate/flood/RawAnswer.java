package io.reelgate.flood;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over the wire.
 *
 * @param status 0 where nothing came, 9 where it came without a head, as HTTP/0.9 has it
 * @param complete whether it came to its own end
 */
record RawAnswer(int status, List<String> head, String body, boolean complete) {

    static final int NOTHING = 0;
    static final int WITHOUT_HEAD = 9;

    /** Reads one answer, and lets interim ones pass. */
    static RawAnswer read(InputStream in, String method) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return new RawAnswer(NOTHING, List.of(), "", true);
        }
        if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            return new RawAnswer(WITHOUT_HEAD, List.of(), first + rest(in), true);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        var head = head(in);
        if (status < 200 && status != 101) {
            return read(in, method);
        }
        var body = new ByteArrayOutputStream();
        var complete = status == 204 || status == 304 || method.equals("HEAD") || body(in, head, body);
        return new RawAnswer(status, head, body.toString(StandardCharsets.UTF_8), complete);
    }

    /** The first value of this header, or nothing. */
    String header(String name) {
        return values(name).stream().findFirst().orElse("");
    }

    /** All values of this header. */
    List<String> values(String name) {
        var start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    /** With the beginning of the body. */
    @Override
    public String toString() {
        return status + " " + head + " " + (body.length() > 1_000 ? body.substring(0, 1_000) + "…" : body);
    }

    private static List<String> head(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static boolean body(InputStream in, List<String> head, ByteArrayOutputStream body) throws IOException {
        var bare = new RawAnswer(0, head, "", false);
        if (bare.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return chunks(in, body);
        }
        var length = bare.header("Content-Length");
        if (length.isEmpty()) {
            in.transferTo(body);
            return true;
        }
        body.write(in.readNBytes(Integer.parseInt(length)));
        return body.size() == Integer.parseInt(length);
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
        while (true) {
            var size = line(in);
            if (size.isEmpty()) {
                return false;
            }
            var length = Integer.parseInt(size, 16);
            var chunk = in.readNBytes(length);
            body.write(chunk);
            if (chunk.length < length) {
                return false;
            }
            line(in);
            if (length == 0) {
                return true;
            }
        }
    }

    private static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Up to the next line break, without it; what is left at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
            if (line.size() > 1_000_000) {
                throw new EOFException("A line without an end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
