package io.reelgate.tracking;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.job.PollTicket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What becomes of a batch that could not be written: the recorder fails as the database would. */
class WriteBackTests {

    private static final int BATCH = 10;

    private final PollRecorder recorder = mock();
    private final WriteBack writeBack =
            new WriteBack(recorder, new PollMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        writeBack.stop();
    }

    @Test
    void writesABatchItemByItemWhereAConnectionBrokeInUse() {
        when(recorder.record(anyList()))
                .thenThrow(new JpaSystemException(new IllegalStateException("rollback failed")))
                .thenReturn(List.of());

        write(BATCH);

        verify(recorder, times(1 + BATCH)).record(anyList());
    }

    @Test
    void stopsAtTheFirstItemWhereTheDatabaseIsAway() {
        when(recorder.record(anyList()))
                .thenThrow(new JpaSystemException(new IllegalStateException("rollback failed")))
                .thenThrow(new CannotCreateTransactionException("no connection"));

        write(BATCH);

        verify(recorder, times(2)).record(anyList());
    }

    /** All of them as one batch: they wait before the writer starts. */
    private void write(int decisions) {
        var done = new CountDownLatch(decisions);
        IntStream.range(0, decisions).forEach(i -> writeBack.add(decision("task_" + i), done::countDown));
        writeBack.start();
        await().until(() -> done.getCount() == 0);
    }

    private static PollDecision decision(String id) {
        return new PollDecision.Wait(
                new PollTicket(id, "up", "model", Instant.EPOCH, UUID.randomUUID(), 0, 0, 0, false, 0),
                Duration.ofSeconds(5));
    }
}
