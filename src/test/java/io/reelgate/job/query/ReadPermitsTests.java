package io.reelgate.job.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.query.ReadPermits.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Few read at once, and nobody takes all places. */
class ReadPermitsTests {

    private static final Duration NONE = Duration.ofMillis(1);

    private final ReadPermits permits = new ReadPermits(3);

    @Test
    void lacksAPlaceWhenAllAreTakenAndHasOneAgainOnceOneIsLeft() {
        var first = enter("a", "b");
        assertThat(enter("c", "d")).isNotNull();
        assertThat(enter("e", "f")).isNotNull();
        assertThat(enter("g", "h")).isNull();

        Objects.requireNonNull(first).close();
        assertThat(enter("g", "h")).isNotNull();
    }

    @Test
    void leavesAPlaceForOthersBesideOneName() {
        assertThat(enter("a", "b")).isNotNull();
        var second = enter("a", "c");
        assertThat(second).isNotNull();
        assertThat(enter("a", "d")).isNull();
        assertThat(enter("d", "a")).isNull();

        assertThat(enter("d", "e")).isNotNull();
        Objects.requireNonNull(second).close();
        assertThat(enter("a", "f")).isNotNull();
    }

    @Test
    void waitsForAPlaceAsLongAsItsPatience() throws Exception {
        var first = enter("a", "b");
        assertThat(enter("a", "b")).isNotNull();
        var late = new CompletableFuture<ReadPermits.Permit>();
        Thread.ofVirtual()
                .start(() -> late.complete(permits.enter(Duration.ofMinutes(1), List.of(new Reader("a", 2)))));
        Objects.requireNonNull(first).close();

        assertThat(late.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    private ReadPermits.@Nullable Permit enter(String one, String another) {
        return permits.enter(NONE, List.of(new Reader(one, 2), new Reader(another, 2)));
    }
}
