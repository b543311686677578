package io.reelgate.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

/** What waits together goes together, and what goes wrong strikes no more of it than it must. */
@Timeout(30)
class BatcherTests {

    private final Semaphore passes = new Semaphore(0);
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private Consumer<List<Integer>> trouble = _ -> {};
    private final Batcher<Integer, Integer> doubler = new Batcher<>("doubler", this::doubled);

    /** Starts on a batch, and ends it when the test gives a pass. */
    private List<Integer> doubled(List<Integer> batch) {
        batches.add(batch);
        passes.acquireUninterruptibly();
        trouble.accept(batch);
        return batch.stream().map(item -> 2 * item).toList();
    }

    @AfterEach
    void stop() {
        doubler.close();
    }

    @Test
    void aLoneItemGoesAtOnceAndWhatComesMeanwhileGoesTogether() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = gathered(callers, 20);
            passes.release(2);

            for (int item = 0; item <= 20; item++) {
                assertThat(results.get(item).get()).isEqualTo(2 * item);
            }
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.getFirst()).containsExactly(0);
        assertThat(batches.getLast())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void noBatchIsLargerThanAHundred() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            gathered(callers, 250);
            passes.release(4);
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 100, 100, 50);
    }

    @Test
    void anItemThatIsWrongInItselfFailsAlone() throws Exception {
        trouble = batch -> {
            if (batch.contains(3)) {
                throw new DataIntegrityViolationException("3 is wrong");
            }
        };
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = gathered(callers, 5);
            passes.release(2 + 5);

            for (int item : List.of(0, 1, 2, 4, 5)) {
                assertThat(results.get(item).get()).isEqualTo(2 * item);
            }
            assertThatThrownBy(results.get(3)::get).hasRootCauseInstanceOf(DataIntegrityViolationException.class);
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 5, 1, 1, 1, 1, 1);
    }

    @Test
    void whatIsNoItemsFaultFailsTheBatchAndIsNotTriedForEach() {
        trouble = batch -> {
            if (batch.size() > 1) {
                throw new DataAccessResourceFailureException("the database is away");
            }
        };
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = gathered(callers, 5);
            passes.release(2);

            for (int item = 1; item <= 5; item++) {
                assertThatThrownBy(results.get(item)::get)
                        .hasRootCauseInstanceOf(DataAccessResourceFailureException.class);
            }
        }
        assertThat(batches).hasSize(2);
    }

    @Test
    void anErrorReachesTheCallerAndTheNextItemIsStillTaken() {
        trouble = _ -> {
            throw new OutOfMemoryError("made up");
        };
        passes.release(2);
        assertThatThrownBy(() -> doubler.await(1))
                .isInstanceOf(DataAccessException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        trouble = _ -> {};
        assertThat(doubler.await(2)).isEqualTo(4);
    }

    @Test
    void whoeverHasWaitedTooLongIsTurnedAwayUntried() throws Exception {
        var patience = Duration.ofMillis(50);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                var hasty = new Batcher<>("hasty", this::doubled, patience)) {
            var first = callers.submit(() -> hasty.await(0));
            await().until(() -> batches.size() == 1);
            var second = callers.submit(() -> hasty.await(1));
            await().until(() -> hasty.waiting() == 1);
            await().pollDelay(patience.plusMillis(10)).until(() -> true);
            passes.release();

            assertThat(first.get()).isZero();
            assertThatThrownBy(second::get).hasRootCauseInstanceOf(QueryTimeoutException.class);
            passes.release();
            assertThat(hasty.await(2)).isEqualTo(4);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void closingFailsWhoeverWaitsOrComesLater() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = gathered(callers, 3);
            doubler.close();
            passes.release();

            assertThat(results.getFirst().get()).isZero();
            for (int item = 1; item <= 3; item++) {
                assertThatThrownBy(results.get(item)::get)
                        .hasRootCauseInstanceOf(DataAccessResourceFailureException.class);
            }
        }
        assertThatThrownBy(() -> doubler.await(4)).isInstanceOf(DataAccessResourceFailureException.class);
    }

    /** Item 0 is under way, and items 1 to this many wait behind it. */
    private List<Future<Integer>> gathered(ExecutorService callers, int many) {
        var results = new ArrayList<Future<Integer>>();
        results.add(callers.submit(() -> doubler.await(0)));
        await().until(() -> batches.size() == 1);
        IntStream.rangeClosed(1, many).forEach(item -> results.add(callers.submit(() -> doubler.await(item))));
        await().until(() -> doubler.waiting() == many);
        return results;
    }
}
