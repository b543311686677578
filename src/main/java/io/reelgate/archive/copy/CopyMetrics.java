package io.reelgate.archive.copy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reelgate.archive.store.FilmStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What became of films: kept, tried in vain, lost; all of it there from the start, so that a first failure is seen. */
final class CopyMetrics {

    private final Timer kept;
    private final Counter bytes;
    private final Map<Reason, Counter> failed = new EnumMap<>(Reason.class);
    private final Map<Reason, Counter> lost = new EnumMap<>(Reason.class);

    CopyMetrics(MeterRegistry meters) {
        kept = Timer.builder("reelgate.films.kept")
                .description("Films that were kept, and how long after the end of their jobs")
                .serviceLevelObjectives(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1))
                .register(meters);
        bytes = Counter.builder("reelgate.films.kept.bytes")
                .description("Bytes of films that were kept")
                .register(meters);
        for (var reason : Reason.values()) {
            failed.put(reason, counter(meters, "reelgate.films.failed", "Attempts to keep a film that failed", reason));
            lost.put(reason, counter(meters, "reelgate.films.lost", "Films that were given up", reason));
        }
    }

    void kept(FilmStore.Film film, Duration afterEnd) {
        kept.record(afterEnd.isNegative() ? Duration.ZERO : afterEnd);
        bytes.increment(film.size());
    }

    void failed(Reason reason) {
        count(failed, reason);
    }

    void lost(Reason reason) {
        count(lost, reason);
    }

    private static void count(Map<Reason, Counter> counters, Reason reason) {
        var counter = counters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter counter(MeterRegistry meters, String name, String description, Reason reason) {
        return Counter.builder(name)
                .description(description)
                .tag("reason", reason.word())
                .register(meters);
    }
}
