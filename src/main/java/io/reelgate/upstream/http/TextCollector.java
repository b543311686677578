package io.reelgate.upstream.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

/**
 * Puts a text together from the bytes that come, unpacked, in bounded memory: one that would be too large is thinned of its long
 * strings, and is too large if that does not help.
 */
final class TextCollector implements AutoCloseable {

    /** Read and thinned at most, so that an answer without end does have one. */
    private static final DataSize LARGEST_RAW = DataSize.ofMegabytes(64);

    private static final int PIECE = 8 * 1_024;

    private final @Nullable Unpacker unpacker;
    private final DataSize largest;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private @Nullable LongStrings thinning;
    private long raw;

    TextCollector(@Nullable Unpacker unpacker, DataSize largest) {
        this.unpacker = unpacker;
        this.largest = largest;
    }

    /** Takes these bytes in and releases them. */
    TextCollector add(DataBuffer bytes) {
        try {
            while (bytes.readableByteCount() > 0) {
                var piece = new byte[Math.min(PIECE, bytes.readableByteCount())];
                bytes.read(piece);
                if (unpacker == null) {
                    count(piece, piece.length);
                } else {
                    unpack(unpacker, piece);
                }
            }
            return this;
        } finally {
            DataBufferUtils.release(bytes);
        }
    }

    /** The whole, now that no more will come. */
    String text() {
        if (unpacker != null) {
            unpacker.end();
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (unpacker != null) {
            unpacker.close();
        }
    }

    private void unpack(Unpacker unpacker, byte[] piece) {
        unpacker.feed(piece, piece.length);
        var unpacked = new byte[PIECE];
        for (int count; (count = unpacker.read(unpacked, 0, unpacked.length)) > 0; ) {
            count(unpacked, count);
        }
    }

    private void count(byte[] bytes, int count) {
        raw += count;
        if (raw > LARGEST_RAW.toBytes()) {
            throw new UnreadableBody("the answer is larger than " + words(LARGEST_RAW));
        }
        keep(bytes, count);
    }

    private void keep(byte[] bytes, int count) {
        if (thinning == null && kept.size() + count > largest.toBytes()) {
            thinning = new LongStrings();
            var before = kept.toByteArray();
            kept.reset();
            kept.write(before, 0, thinning.thin(before, before.length));
        }
        var left = thinning == null ? count : thinning.thin(bytes, count);
        if (kept.size() + left > largest.toBytes()) {
            throw new UnreadableBody(
                    "the answer is larger than " + words(largest) + " (reelgate.upstream.max-answer-size)");
        }
        kept.write(bytes, 0, left);
    }

    private static String words(DataSize size) {
        return size.toBytes() % (1_024 * 1_024) == 0 ? size.toMegabytes() + " MB" : size.toKilobytes() + " KB";
    }
}
