package io.reelgate.job;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Job ids: {@code task_} + the 32 hex digits of a UUIDv7 (RFC 9562), so that ids sort by the millisecond of creation.
 */
public final class JobId {

    private static final String PREFIX = "task_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9a-f]{32}");
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private JobId() {}

    /** A new id for a job created at this instant. */
    public static String next(Instant createdAt) {
        var random = ThreadLocalRandom.current();
        long high = createdAt.toEpochMilli() << 16 | VERSION_7 | random.nextLong() & 0xfffL;
        long low = VARIANT | random.nextLong() >>> 2;
        return of(high, low);
    }

    /** The least id that a job created at this instant or later can have: turns a time range into a range of ids. */
    public static String floor(Instant instant) {
        return of(Math.max(0, instant.toEpochMilli()) << 16, 0);
    }

    /** Whether this text has the shape of a job id. */
    public static boolean looksLike(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** When the job of this id was created, to the millisecond. */
    public static Instant createdAt(String id) {
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(id, PREFIX.length(), PREFIX.length() + 12));
    }

    private static String of(long high, long low) {
        var hex = HexFormat.of();
        return PREFIX + hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
