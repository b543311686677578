package io.reelgate.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes in a content coding. */
public final class Packed {

    private Packed() {}

    public static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    /** With an extra field, a name, a comment and a check sum of the header, which nobody sends and anybody may. */
    public static byte[] gzipWithEveryField(String text) {
        var plain = gzip(text);
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, (byte) 255});
        packed.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
        packed.writeBytes("film.json\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        packed.writeBytes(new byte[] {1, 2});
        packed.write(plain, 10, plain.length - 10);
        return packed.toByteArray();
    }

    /** What the name {@code deflate} means. */
    public static byte[] zlib(String text) {
        return deflate(text, false);
    }

    /** What it is taken for by some. */
    public static byte[] rawDeflate(String text) {
        return deflate(text, true);
    }

    private static byte[] deflate(String text, boolean raw) {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (var deflate = new DeflaterOutputStream(packed, deflater)) {
            deflate.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** A small gzip that unpacks to so many megabytes of one character between this beginning and this end. */
    static byte[] bomb(String beginning, char filling, int megabytes, String end) {
        var packed = new ByteArrayOutputStream();
        var megabyte = String.valueOf(filling).repeat(1_024 * 1_024).getBytes(StandardCharsets.US_ASCII);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(beginning.getBytes(StandardCharsets.UTF_8));
            for (var written = 0; written < megabytes; written++) {
                gzip.write(megabyte);
            }
            gzip.write(end.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}
