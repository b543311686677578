package io.reelgate.job.store;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who holds which ticket, decided by PostgreSQL alone: no two at once, and no longer than the lease. */
class PollTicketsTests {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final List<Integer> ACCOUNTS = List.of(OwnDatabase.ACCOUNT);

    private static OwnDatabase database;
    private static JdbcClient jdbc;
    private static PollTickets tickets;
    private static JobStore ledger;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
        jdbc = database.jdbc;
        tickets = database.tickets;
        ledger = database.store;
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void begin() {
        jdbc.sql("truncate video_job cascade").update();
    }

    @Test
    void claimsWhatIsDueTheLongestDueFirst() {
        var first = job(Duration.ofSeconds(-20));
        var second = job(Duration.ofSeconds(-10));
        var third = job(Duration.ofSeconds(-1));
        var later = job(Duration.ofSeconds(60));

        assertThat(ids(tickets.claim(2, LEASE, ACCOUNTS))).containsExactlyInAnyOrder(first, second);
        assertThat(ids(tickets.claim(2, LEASE, ACCOUNTS))).containsExactly(third);
        assertThat(tickets.claim(2, LEASE, ACCOUNTS)).isEmpty();
    }

    @Test
    void givesNoTicketToTwoOfManyPollersAtOnce() throws Exception {
        var jobs = IntStream.range(0, 300).mapToObj(_ -> job(Duration.ZERO)).collect(toSet());
        var claimed = new ArrayList<String>();
        try (var pollers = Executors.newFixedThreadPool(6)) {
            Callable<List<PollTicket>> claim = () -> tickets.claim(10, LEASE, ACCOUNTS);
            var claims = Stream.generate(() -> pollers.submit(claim)).limit(60).toList();
            for (var one : claims) {
                claimed.addAll(ids(one.get()));
            }
        }
        claimed.addAll(ids(tickets.claim(300, LEASE, ACCOUNTS)));

        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void movesATicketByTheClockOfTheDatabase() {
        var id = job(Duration.ZERO);
        var ticket = only(tickets.claim(1, LEASE, ACCOUNTS)).seen(true, 40).missed();

        assertThat(tickets.move(List.of(new PollTicket.Move(ticket, Duration.ofSeconds(60))), LEASE))
                .containsExactly(ticket.lease());

        assertThat(jdbc.sql("select due_at between now() + interval '50 s' and now() + interval '60 s'"
                                + " and leased_until is null and lease_token is null from poll_ticket")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(column(id, "progress")).isEqualTo(40);
        assertThat(column(id, "misses")).isEqualTo(1);
        assertThat(tickets.claim(1, LEASE, ACCOUNTS)).isEmpty();
    }

    @Test
    void remembersSinceWhenPollsHaveToldNothingAndWhatTheLastOneSaid() {
        job(Duration.ZERO);
        again(only(tickets.claim(1, LEASE, ACCOUNTS)).unanswered("silence"));
        assertThat(silence()).isBetween(0.0, 5.0);
        jdbc.sql("update poll_ticket set silent_since = now() - interval '100 s'")
                .update();

        again(only(tickets.claim(1, LEASE, ACCOUNTS)).unanswered("HTTP 502: \uD83C\uDFAC 坏网关"));
        assertThat(silence()).isBetween(100.0, 105.0);
        assertThat(reason()).isEqualTo("HTTP 502: \uD83C\uDFAC 坏网关");

        again(only(tickets.claim(1, LEASE, ACCOUNTS)).seen(true, 10));
        assertThat(silence()).isNull();
        assertThat(reason()).isNull();
        again(only(tickets.claim(1, LEASE, ACCOUNTS)).unanswered("silence"));
        assertThat(silence()).isBetween(0.0, 5.0);
    }

    @Test
    void remembersWhenOthersOfItsKindBeganToEnd() {
        var job = OwnDatabase.job();
        ledger.intend(job);
        database.accept(job, "up", Duration.ZERO, Duration.ofSeconds(70));
        job(Duration.ZERO);

        assertThat(tickets.claim(2, LEASE, ACCOUNTS))
                .extracting(PollTicket::earliest)
                .containsExactlyInAnyOrder(Duration.ofSeconds(70), null);
    }

    /** It leaves these columns as they are, whatever its polls say. */
    @Test
    void bearsWhatTheReleaseBeforeWrites() {
        job(Duration.ZERO);
        jdbc.sql("update poll_ticket set failures = 3").update();
        again(only(tickets.claim(1, LEASE, ACCOUNTS)).unanswered("silence"));
        assertThat(silence()).isBetween(0.0, 5.0);

        jdbc.sql("update poll_ticket set failures = 0, silent_since = now() - interval '1 hour'")
                .update();
        again(only(tickets.claim(1, LEASE, ACCOUNTS)).unanswered("silence"));
        assertThat(silence()).isBetween(0.0, 5.0);
    }

    private static void again(PollTicket ticket) {
        assertThat(tickets.move(List.of(new PollTicket.Move(ticket, Duration.ZERO)), LEASE))
                .hasSize(1);
    }

    private static @Nullable Double silence() {
        return jdbc.sql("select extract(epoch from now() - silent_since)::float8 as silence from poll_ticket")
                .query((row, _) -> Optional.ofNullable(row.getObject(1, Double.class)))
                .single()
                .orElse(null);
    }

    private static @Nullable String reason() {
        return jdbc.sql("select last_reason from poll_ticket")
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    @Test
    void takesOverATicketWhoseLeaseEndedAndHearsItsOldHolderNoMore() {
        var id = job(Duration.ZERO);
        var frozen = only(tickets.claim(1, LEASE, ACCOUNTS));
        endLeases();

        var heir = only(tickets.claim(1, LEASE, ACCOUNTS));

        assertThat(heir.jobId()).isEqualTo(id);
        assertThat(heir.leaseToken()).isNotEqualTo(frozen.leaseToken());
        assertThat(tickets.move(List.of(new PollTicket.Move(frozen, Duration.ZERO)), LEASE))
                .isEmpty();
        assertThat(tickets.close(List.of(frozen))).isEmpty();
        tickets.release(List.of(frozen));
        assertThat(tickets.claim(1, LEASE, ACCOUNTS)).isEmpty();
        assertThat(tickets.close(List.of(heir))).containsExactly(heir.lease());
    }

    @Test
    void letsAHolderWriteWhoseLeaseEndedButWhomNobodyReplaced() {
        job(Duration.ZERO);
        var late = only(tickets.claim(1, LEASE, ACCOUNTS));
        endLeases();

        assertThat(tickets.move(List.of(new PollTicket.Move(late, Duration.ZERO)), LEASE))
                .containsExactly(late.lease());
    }

    @Test
    void tellsApartWhatIsOursInABatch() {
        job(Duration.ZERO);
        var theirs = only(tickets.claim(1, LEASE, ACCOUNTS));
        endLeases();
        var again = only(tickets.claim(1, LEASE, ACCOUNTS));
        job(Duration.ZERO);
        var ours = only(tickets.claim(1, LEASE, ACCOUNTS));

        assertThat(tickets.move(
                        Stream.of(theirs, ours, again)
                                .map(ticket -> new PollTicket.Move(ticket, Duration.ZERO))
                                .toList(),
                        LEASE))
                .isEqualTo(Set.of(ours.lease(), again.lease()));
    }

    @Test
    void givesAReleasedTicketToTheNextAtOnce() {
        var id = job(Duration.ZERO);
        tickets.release(tickets.claim(1, LEASE, ACCOUNTS));

        assertThat(ids(tickets.claim(1, LEASE, ACCOUNTS))).containsExactly(id);
    }

    @Test
    void makesATicketDueNowButTakesNoLeaseAway() {
        var waiting = job(Duration.ofHours(1));
        var held = job(Duration.ZERO);
        tickets.claim(1, LEASE, ACCOUNTS);

        assertThat(tickets.dueNow(waiting)).isTrue();
        assertThat(tickets.dueNow(held)).isTrue();
        assertThat(tickets.dueNow("task_none")).isFalse();
        assertThat(ids(tickets.claim(5, LEASE, ACCOUNTS))).containsExactly(waiting);
    }

    /** The poll under way may have left before ops asked for one. */
    @Test
    void keepsATicketDueThatWasMadeSoWhileItWasPolled() {
        var id = job(Duration.ZERO);
        var ticket = tickets.claim(1, LEASE, ACCOUNTS).getFirst();
        tickets.dueNow(id);

        assertThat(tickets.move(List.of(new PollTicket.Move(ticket, Duration.ofHours(1))), LEASE))
                .containsExactly(ticket.lease());
        assertThat(ids(tickets.claim(1, LEASE, ACCOUNTS))).containsExactly(id);
    }

    private static void endLeases() {
        jdbc.sql("update poll_ticket set leased_until = now() - interval '1 ms'")
                .update();
    }

    private static String job(Duration due) {
        var job = OwnDatabase.job();
        ledger.intend(job);
        database.accept(job, "up_" + job.id(), due, null);
        return job.id();
    }

    private static List<String> ids(List<PollTicket> claimed) {
        return claimed.stream().map(PollTicket::jobId).toList();
    }

    private static PollTicket only(List<PollTicket> claimed) {
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private static int column(String id, String name) {
        return jdbc.sql("select " + name + " from poll_ticket where job_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }
}
