package io.reelgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A task whose whole life is written in its id, so that nothing about it is kept: after a restart, and on every replica, the
 * same id tells the same story.
 *
 * <p>An id is {@code task_} and 32 letters and digits, as the upstream's are: numbers in base 36 of fixed widths.
 *
 * @param serial tells tasks of the same millisecond apart
 */
record SimulatedTask(
        Instant start, Duration length, Ending ending, String model, int seconds, VideoSize size, long serial) {

    /** How long a film's URL lives, as the upstream's. */
    private static final Duration URL_LIFE = Duration.ofHours(24);

    private static final Pattern ID = Pattern.compile("task_([0-9a-z]{9})([0-9a-z]{5})([a-z])([0-9a-z])([0-9a-z]{2})"
            + "([0-9a-z]{3})([0-9a-z]{3})([0-9a-z]{8})");

    private static final long SERIALS = power(8);
    private static final AtomicLong SERIAL =
            new AtomicLong(ThreadLocalRandom.current().nextLong(SERIALS));

    /** A new task for this order; {@code length} becomes up to a quarter shorter or longer, as real ones vary. */
    static SimulatedTask begin(VideoOrder order, Ending ending, Instant now, Duration length) {
        var varied = Math.round(length.toMillis() * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
        return new SimulatedTask(
                Instant.ofEpochMilli(now.toEpochMilli()),
                Duration.ofMillis(Math.max(1, varied)),
                ending,
                order.model(),
                order.seconds(),
                order.size(),
                Math.floorMod(SERIAL.getAndIncrement(), SERIALS));
    }

    /** The task that this id tells of, unless it is none of the sandbox's. */
    static Optional<SimulatedTask> of(String id) {
        var match = ID.matcher(id);
        if (!match.matches()) {
            return Optional.empty();
        }
        var model = (int) number(match.group(4));
        var ending = Ending.of(match.group(3).charAt(0));
        if (ending.isEmpty() || model >= VideoOrder.MODELS.size()) {
            return Optional.empty();
        }
        return Optional.of(new SimulatedTask(
                Instant.ofEpochMilli(number(match.group(1))),
                Duration.ofMillis(number(match.group(2))),
                ending.get(),
                VideoOrder.MODELS.get(model),
                (int) number(match.group(5)),
                new VideoSize((int) number(match.group(6)), (int) number(match.group(7))),
                number(match.group(8))));
    }

    String id() {
        return "task_"
                + digits(start.toEpochMilli(), 9)
                + digits(length.toMillis(), 5)
                + ending.letter()
                + digits(VideoOrder.MODELS.indexOf(model), 1)
                + digits(seconds, 2)
                + digits(size.width(), 3)
                + digits(size.height(), 3)
                + digits(serial, 8);
    }

    Instant end() {
        return start.plus(length);
    }

    /** The first sixth of its life it waits. */
    Instant workBegins() {
        return start.plus(length.dividedBy(6));
    }

    TaskState stateAt(Instant now) {
        if (now.isBefore(workBegins())) {
            return TaskState.QUEUED;
        }
        if (now.isBefore(end())) {
            return TaskState.IN_PROGRESS;
        }
        return ending == Ending.FAILURE ? TaskState.FAILURE : TaskState.SUCCESS;
    }

    /** In per cent: nothing while it waits, and a hundred only at the end. */
    int progressAt(Instant now) {
        return switch (stateAt(now)) {
            case QUEUED -> 0;
            case IN_PROGRESS ->
                (int) Math.min(99, 100 * Duration.between(start, now).toMillis() / length.toMillis());
            case SUCCESS, FAILURE -> 100;
        };
    }

    /** How long the film's URL lives from the task's end on. */
    Duration urlLife() {
        return ending == Ending.FILM_WITH_DEAD_URL ? Duration.ofSeconds(1) : URL_LIFE;
    }

    long tokens() {
        return size.tokens(seconds);
    }

    private static String digits(long number, int width) {
        var digits = Long.toString(number, 36);
        if (number < 0 || digits.length() > width) {
            throw new IllegalArgumentException(number + " does not fit into " + width + " digits");
        }
        return "0".repeat(width - digits.length()) + digits;
    }

    private static long number(String digits) {
        return Long.parseLong(digits, 36);
    }

    private static long power(int digits) {
        return Math.round(Math.pow(36, digits));
    }
}
