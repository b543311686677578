package io.reelgate.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The money of the simulated account, if it has a purse. As the real upstream does, it takes a flat sum for a job whatever its length,
 * and some seconds after the job's end settles by the real tokens, or gives the sum back if the job failed.
 *
 * <p>It is in memory: a restart fills it as at first, and every replica has its own.
 */
@Component
@Profile("sandbox")
class Purse {

    /** More than anybody plays with. */
    static final BigDecimal MOST = new BigDecimal("1000000");

    /** For a job of any length, the price of so many tokens. */
    private static final long FLAT_TOKENS = 250_000;

    /** How long after its end a job is settled. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** Jobs that are not settled yet: with more, none is taken. */
    private static final int MOST_TASKS = 10_000;

    private final Clock clock;
    private final Queue<SimulatedTask> unsettled = new PriorityQueue<>(Comparator.comparing(SimulatedTask::end));
    private @Nullable BigDecimal balance;

    Purse(Clock clock, SandboxProperties properties) {
        this.clock = clock;
        this.balance = properties.purse();
    }

    /**
     * What is in it.
     *
     * @param balance what new jobs can be paid from; less than nothing if some cost more than was taken for them
     * @param held what is taken for jobs that are not settled yet, and {@code tasks} how many those are
     */
    record Contents(BigDecimal balance, BigDecimal held, int tasks) {}

    /** Takes the flat sum for this task; throws {@link Refusal} if that is not there. */
    synchronized void pay(SimulatedTask task) {
        settle(clock.instant());
        if (balance == null) {
            return;
        }
        var flat = flat(task.model());
        if (balance.compareTo(flat) < 0) {
            throw Refusal.purse(money(balance).toPlainString(), flat.toPlainString());
        }
        if (unsettled.size() >= MOST_TASKS) {
            throw Refusal.throttled();
        }
        balance = balance.subtract(flat);
        unsettled.add(task);
    }

    /** Puts so much in, or takes it out if it is less than nothing; throws {@link Refusal} if there is no purse. */
    synchronized Contents put(BigDecimal amount) {
        var sum = contents().balance().add(amount);
        balance = sum.min(MOST).max(MOST.negate());
        return contents();
    }

    /** What is in it now; throws {@link Refusal} if there is none. */
    synchronized Contents contents() {
        settle(clock.instant());
        if (balance == null) {
            throw Refusal.noPurse();
        }
        var held = unsettled.stream().map(task -> flat(task.model())).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Contents(money(balance), money(held), unsettled.size());
    }

    /** What is taken for a job of this model. */
    static BigDecimal flat(String model) {
        return price(model, FLAT_TOKENS);
    }

    private void settle(Instant now) {
        for (var task = unsettled.peek(); task != null && isDue(task, now); task = unsettled.peek()) {
            unsettled.remove();
            if (balance != null) {
                balance = balance.add(flat(task.model())).subtract(cost(task));
            }
        }
    }

    private static boolean isDue(SimulatedTask task, Instant now) {
        return !task.end().plus(SETTLED).isAfter(now);
    }

    private static BigDecimal cost(SimulatedTask task) {
        return switch (task.ending()) {
            case FILM, FILM_WITHOUT_URL, FILM_WITH_DEAD_URL -> price(task.model(), task.tokens());
            case FAILURE -> BigDecimal.ZERO;
            // Nobody knows of it any more, so nobody gives it back.
            case LOSS -> flat(task.model());
        };
    }

    private static BigDecimal price(String model, long tokens) {
        var perMillion = BigDecimal.valueOf(model.endsWith("-fast") ? 37 : 46);
        return money(perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6));
    }

    private static BigDecimal money(BigDecimal sum) {
        return sum.setScale(2, RoundingMode.HALF_UP);
    }
}
