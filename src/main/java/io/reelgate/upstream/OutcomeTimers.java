package io.reelgate.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A timer for each kind of a sealed outcome, labelled {@code outcome} with its name, such as {@code quota_exhausted}. All are
 * there from the start: in a series that begins above zero Prometheus sees no increase, and the first refusals would alert
 * nobody.
 *
 * @param <T> the sealed interface
 */
public final class OutcomeTimers<T> {

    private final Map<Class<?>, Timer> timers;

    /** Registers the timers under this name. */
    public OutcomeTimers(MeterRegistry meters, String name, Class<T> outcomes) {
        this.timers = Stream.of(outcomes.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), kind -> meters.timer(name, "outcome", word(kind))));
    }

    /** Notes that the upstream took so long to this outcome. */
    public void record(T outcome, Duration took) {
        Objects.requireNonNull(timers.get(outcome.getClass())).record(took);
    }

    private static String word(Class<?> kind) {
        return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
