package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.job.store.PollTicket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What becomes of a batch that could not be written: the recorder fails as the database would. */
class PollResultWriterTests {

    private static final int BATCH = 10;

    private final PollRecorder recorder = mock();
    private final PollResultWriter writeBack =
            new PollResultWriter(recorder, new PollMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));

    @AfterEach
    void stop() {
        writeBack.stop();
    }

    static Stream<RuntimeException> aConnectionThatBreaksInUse() {
        return Stream.of(
                new DataAccessResourceFailureException("outside a transaction"),
                new UncategorizedSQLException("rollback", null, new SQLException("closed", "08003")),
                new TransactionSystemException("inside one: the commit failed"));
    }

    @ParameterizedTest
    @MethodSource("aConnectionThatBreaksInUse")
    void writesABatchItemByItemWhereAConnectionBrokeInUse(RuntimeException broken) {
        when(recorder.record(anyList())).thenThrow(broken).thenReturn(List.of());

        write(BATCH);

        verify(recorder, times(1 + BATCH)).record(anyList());
    }

    @ParameterizedTest
    @MethodSource("aConnectionThatBreaksInUse")
    void stopsAtTheFirstItemWhereTheNextConnectionIsBrokenToo(RuntimeException broken) {
        when(recorder.record(anyList())).thenThrow(broken);

        write(BATCH);

        verify(recorder, times(2)).record(anyList());
    }

    /** A thread that ended with it would leave every poll of this replica unrecorded, and say nothing. */
    @Test
    void goesOnAfterADefect() {
        when(recorder.record(anyList())).thenThrow(new StackOverflowError()).thenReturn(List.of());

        write(1);
        var next = new CountDownLatch(1);
        writeBack.add(finding("task_next"), next::countDown);
        await().until(() -> next.getCount() == 0);

        verify(recorder, times(2)).record(anyList());
    }

    /** Otherwise it would be asked for again and again, and nobody would hear of it. */
    @Test
    void leavesOnTheTicketThatAPollCouldNotBeRecorded() {
        when(recorder.record(anyList()))
                .thenThrow(new DataIntegrityViolationException("a defect"))
                .thenReturn(List.of());

        write(1);

        ArgumentCaptor<List<PollFinding>> recorded = ArgumentCaptor.captor();
        verify(recorder, times(2)).record(recorded.capture());
        assertThat(recorded.getValue()).singleElement().satisfies(finding -> {
            assertThat(finding.decision()).isInstanceOf(PollDecision.Wait.class);
            assertThat(finding.decision().ticket().failures()).isEqualTo(1);
            assertThat(finding.decision().ticket().lastReason()).contains("could not record", "DataIntegrity");
        });
    }

    @ParameterizedTest
    @MethodSource("noConnection")
    void stopsAtTheFirstItemWhereTheDatabaseIsAway(RuntimeException away) {
        when(recorder.record(anyList()))
                .thenThrow(new UncategorizedSQLException("rollback", null, new SQLException("closed", "08003")))
                .thenThrow(away);

        write(BATCH);

        verify(recorder, times(2)).record(anyList());
    }

    static Stream<RuntimeException> noConnection() {
        return Stream.of(
                new CannotGetJdbcConnectionException("outside a transaction"),
                new CannotCreateTransactionException("inside one"));
    }

    @ParameterizedTest
    @MethodSource("noConnection")
    void triesNoItemOfABatchWhereTheDatabaseIsAway(RuntimeException away) {
        when(recorder.record(anyList())).thenThrow(away);

        write(BATCH);

        verify(recorder, times(1)).record(anyList());
    }

    /** All of them as one batch: they wait before the writer starts. */
    private void write(int decisions) {
        var done = new CountDownLatch(decisions);
        IntStream.range(0, decisions).forEach(i -> writeBack.add(finding("task_" + i), done::countDown));
        writeBack.start();
        await().until(() -> done.getCount() == 0);
    }

    private static PollFinding finding(String id) {
        return PollFinding.sure(new PollDecision.Wait(
                new PollTicket(id, "up", "model", Instant.EPOCH, UUID.randomUUID(), 0, 0, 0, false, 0, null, null),
                Duration.ofSeconds(5)));
    }
}
