package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTicket;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.TaskOwners;
import io.reelgate.upstream.UpstreamHealth;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.transaction.support.TransactionOperations;

/** Which answers are believed, by what is on record, and what that costs. */
class PollRecorderTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final PollTickets tickets = mock();
    private final JobTransitions transitions = mock();
    private final TaskOwners owners = mock();
    private final Accounts accounts = mock();
    private final UpstreamHealth upstream = mock();
    private final PollRecorder recorder = new PollRecorder(
            tickets,
            transitions,
            owners,
            accounts,
            upstream,
            TransactionOperations.withoutTransaction(),
            Clock.systemUTC(),
            new TrackingProperties(
                    SOON, SOON, 64, Duration.ofSeconds(30), Duration.ofHours(24), Duration.ofMinutes(2), 5));

    @BeforeEach
    void ownEverything() {
        when(owners.owned(anyCollection(), anyCollection())).thenReturn(Set.of("cgt-theirs"));
        when(tickets.move(anyList(), any())).thenReturn(Set.of());
        when(tickets.close(anyList())).thenReturn(Set.of());
        when(accounts.served()).thenReturn(List.of(1));
        when(transitions.apply(anyList())).thenReturn(List.of());
    }

    @Test
    void asksTheRecordOnceForAllThatNameAnotherTask() {
        recorder.record(List.of(start("a", "cgt-1"), start("b"), start("c", "cgt-2", "9"), start("d", "cgt-1")));

        verify(owners).owned(List.of("cgt-1", "cgt-2", "9"), List.of(1));
    }

    @Test
    void believesWhatIsNobodyElsesAndNotWhatIs() {
        recorder.record(List.of(start("a", "cgt-1"), start("b", "9", "cgt-theirs"), start("c")));

        assertThat(moved())
                .extracting(move -> move.ticket().jobId() + move.ticket().running())
                .containsExactly("atrue", "bfalse", "ctrue");
        verify(upstream).mixedUp("up_b", "cgt-theirs");
    }

    @Test
    void recordsNoEndThatIsAnotherJobs() {
        var end = new PollDecision.Fail(ticket("a"), new io.reelgate.job.JobError("bad", "dark"), null);

        recorder.record(List.of(new PollFinding(
                end, List.of("cgt-theirs"), new PollDecision.Wait(ticket("a").unanswered("another"), SOON))));

        assertThat(moved()).hasSize(1);
        verifyNoInteractions(transitions);
    }

    @SuppressWarnings("unchecked")
    private List<PollTicket.Move> moved() {
        ArgumentCaptor<List<PollTicket.Move>> moves = ArgumentCaptor.forClass(List.class);
        verify(tickets).move(moves.capture(), any());
        return moves.getValue();
    }

    private static PollFinding start(String job, String... otherIds) {
        var ticket = ticket(job);
        return new PollFinding(
                new PollDecision.Start(ticket.seen(true, 40), SOON),
                List.of(otherIds),
                new PollDecision.Wait(ticket.unanswered("another"), SOON));
    }

    private static PollTicket ticket(String job) {
        return new PollTicket(job, "up_" + job, "m", Instant.EPOCH, UUID.randomUUID(), 0, 0, 0, false, 0, null, null);
    }
}
