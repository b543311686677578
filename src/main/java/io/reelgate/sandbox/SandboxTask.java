package io.reelgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A simulated task. All of it is in its id, so that restarts and replicas agree about it without a memory.
 *
 * @param start when it was submitted
 * @param length how long it takes
 * @param fails whether it ends without a video
 * @param tokens what it costs
 * @param nonce makes ids differ
 */
record SandboxTask(Instant start, Duration length, boolean fails, long tokens, long nonce) {

    private static final Pattern ID =
            Pattern.compile("sbx-([0-9a-f]{1,12})-([0-9a-f]{1,8})-([sf])-([0-9a-f]{1,10})-([0-9a-f]{1,8})");

    /** Of the length of a task, this part goes by before it begins. */
    private static final double QUEUED = 0.15;

    static SandboxTask submitted(Instant now, Duration typical, boolean fails, long tokens) {
        var random = ThreadLocalRandom.current();
        var length = Duration.ofMillis((long) (typical.toMillis() * random.nextDouble(0.67, 1.33)));
        return new SandboxTask(now, length, fails, tokens, random.nextLong(1L << 32));
    }

    static Optional<SandboxTask> of(String id) {
        var parts = ID.matcher(id);
        return parts.matches()
                ? Optional.of(new SandboxTask(
                        Instant.ofEpochMilli(hex(parts.group(1))),
                        Duration.ofMillis(hex(parts.group(2))),
                        parts.group(3).equals("f"),
                        hex(parts.group(4)),
                        hex(parts.group(5))))
                : Optional.empty();
    }

    String id() {
        return "sbx-%x-%x-%s-%x-%x"
                .formatted(start.toEpochMilli(), length.toMillis(), fails ? "f" : "s", tokens, nonce);
    }

    Instant end() {
        return start.plus(length);
    }

    boolean ended(Instant now) {
        return !now.isBefore(end());
    }

    boolean succeeded(Instant now) {
        return ended(now) && !fails;
    }

    /** 0 to 100. */
    int progress(Instant now) {
        var part = (double) Duration.between(start, now).toMillis() / Math.max(1, length.toMillis());
        return (int) Math.clamp((part - QUEUED) / (1 - QUEUED) * 100, 0, 100);
    }

    /** The status word of the upstream's query. */
    String word(Instant now) {
        if (ended(now)) {
            return fails ? "FAILURE" : "SUCCESS";
        }
        return progress(now) > 0 ? "IN_PROGRESS" : "QUEUED";
    }

    private static long hex(String digits) {
        return Long.parseLong(digits, 16);
    }
}
