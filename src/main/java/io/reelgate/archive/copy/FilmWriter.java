package io.reelgate.archive.copy;

import io.reelgate.archive.store.FilmStore;
import io.reelgate.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** Writes a film that comes from a stranger into a file, while it is measured; throws {@link NotAFilmException} and others. */
final class FilmWriter {

    private static final int PIECE = 64 * 1_024;
    private static final long LOOK_AT_DISK = 16L * 1_024 * 1_024;

    /** Who sends so little, beyond a first minute, is not waited for: it would keep others from being copied. */
    private static final long LEAST_RATE = 16 * 1_024;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long maxSize;
    private final Disk disk;

    /** Whether a file may still grow. */
    @FunctionalInterface
    interface Disk {
        boolean isFull() throws IOException;
    }

    FilmWriter(long maxSize, Disk disk) {
        this.maxSize = maxSize;
        this.disk = disk;
    }

    /** Writes it to its end and to the disk; what is thrown says why it is not kept. */
    FilmStore.Film write(Download.Body film, Path file) throws IOException, UnfitFilmException {
        if (film.length() > maxSize) {
            throw tooLarge();
        }
        var digest = Sha256.digest();
        try (var bytes = film.bytes();
                var target = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            var head = read(bytes, VideoTypes.HEAD);
            var type = VideoTypes.of(head, film.type());
            if (type == null) {
                throw new UnfitFilmException(
                        Reason.NO_FILM, false, "what the link gives is no film (" + film.type() + ")");
            }
            put(target, digest, head, head.length);
            long size = head.length + copy(bytes, target, digest, head.length);
            if (film.length() >= 0 && size != film.length()) {
                throw new UnfitFilmException(
                        Reason.NETWORK, false, "only %d of %d bytes came".formatted(size, film.length()));
            }
            target.force(true);
            return new FilmStore.Film(file, size, type, HexFormat.of().formatHex(digest.digest()));
        }
    }

    private long copy(InputStream bytes, FileChannel target, MessageDigest digest, long before)
            throws IOException, UnfitFilmException {
        var piece = new byte[PIECE];
        var began = System.nanoTime();
        var looked = before;
        long size = before;
        while (true) {
            int count = read(bytes, piece);
            if (count < 0) {
                return size - before;
            }
            size += count;
            if (size > maxSize) {
                throw tooLarge();
            }
            if (size - looked >= LOOK_AT_DISK) {
                looked = size;
                if (disk.isFull()) {
                    throw new UnfitFilmException(
                            Reason.STORE, false, "the disk for copies is nearly full (reelgate.archive.min-free)");
                }
            }
            put(target, digest, piece, count);
            if (isTooSlow(size, System.nanoTime() - began)) {
                throw new UnfitFilmException(Reason.NETWORK, false, "it comes too slowly");
            }
        }
    }

    static boolean isTooSlow(long size, long nanos) {
        return nanos > PATIENCE.plusSeconds(size / LEAST_RATE).toNanos();
    }

    /** What fails here is the other side's doing, and what fails at the file is ours. */
    private static byte[] read(InputStream bytes, int count) throws UnfitFilmException {
        try {
            return bytes.readNBytes(count);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private static int read(InputStream bytes, byte[] piece) throws UnfitFilmException {
        try {
            return bytes.read(piece);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private static void put(FileChannel target, MessageDigest digest, byte[] bytes, int count) throws IOException {
        digest.update(bytes, 0, count);
        var buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            target.write(buffer);
        }
    }

    private UnfitFilmException tooLarge() {
        return new UnfitFilmException(
                Reason.TOO_LARGE,
                true,
                "it has more than the %d bytes of reelgate.archive.max-size".formatted(maxSize));
    }

    private static UnfitFilmException brokenOff(IOException e) {
        return new UnfitFilmException(Reason.NETWORK, false, "it broke off: " + Words.of(e));
    }
}
