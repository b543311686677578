package io.reelgate.submission.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.MutableClock;
import io.reelgate.admission.Places;
import io.reelgate.admission.lane.Lane;
import io.reelgate.admission.lane.LaneFixture;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.job.EventKind;
import io.reelgate.job.HoldReason;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobId;
import io.reelgate.job.NewJob;
import io.reelgate.job.OwnDatabase;
import io.reelgate.job.Transition;
import io.reelgate.job.Trouble;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobTransitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and how many may go at once. */
class TurnsTests {

    private static final int ACCOUNT = OwnDatabase.ACCOUNT;
    private static final JobError NO_MONEY = new JobError("insufficient_quota", "no money");

    private static final OwnDatabase database = new OwnDatabase();

    private final MutableClock clock = new MutableClock();
    private final Lanes lanes = LaneFixture.lanes(database.jdbc);
    private final JobTransitions transitions = new JobTransitions(
            database.jdbc,
            database.timeline,
            new JobMetrics(database.meters),
            List.of(new HeldRequests(database.jdbc), LaneFixture.changes(lanes)),
            database.transaction);
    private final Places places = mock();
    private final Turns turns = new Turns(database.jdbc, database.queries, transitions, places, database.transaction);

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        when(places.room(anyInt())).thenReturn(Integer.MAX_VALUE);
        database.jdbc.sql("delete from lane").update();
        database.jdbc.sql("delete from video_job").update();
    }

    @AfterEach
    void close() {
        transitions.destroy();
    }

    @Test
    void appsGoInTurnAndEachAppsOldestFirst() {
        waiting("a", "a1", "a2", "a3");
        waiting("b", "b1", "b2");
        waiting("c", "c1");
        open("fast");

        var sent = new ArrayList<String>();
        for (var turn = claim("fast"); !turn.isEmpty(); turn = claim("fast")) {
            turn.forEach(one -> sent.add(prompt(one)));
            turn.forEach(one -> accept(one));
        }

        assertThat(sent).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void anAppWithFewIsNotBehindOneWithMany() {
        waiting("many", IntStream.range(0, 100).mapToObj(i -> "many" + i).toArray(String[]::new));
        waiting("few", "few0", "few1", "few2", "few3", "few4");
        open("fast");

        var sent = new ArrayList<String>();
        while (sent.size() < 20) {
            claim("fast").forEach(one -> {
                sent.add(prompt(one));
                accept(one);
            });
        }

        assertThat(sent.subList(0, 11)).contains("few0", "few1", "few2", "few3", "few4");
    }

    @Test
    void inAClosedLaneOneIsTriedAndNotBeforeItsTime() {
        waiting("a", "a1", "a2");
        waiting("b", "b1");
        assertThat(claim("fast")).as("before the first try").isEmpty();

        clock.advance(Duration.ofSeconds(30));
        var tried = claim("fast");
        assertThat(tried)
                .singleElement()
                .satisfies(one -> assertThat(prompt(one)).isEqualTo("a1"));
        clock.advance(Duration.ofHours(1));
        assertThat(claim("fast")).as("while one is tried").isEmpty();

        refuse(tried.getFirst());
        clock.advance(Duration.ofSeconds(61));
        var next = claim("fast");
        assertThat(next)
                .singleElement()
                .satisfies(one -> assertThat(prompt(one)).isEqualTo("b1"));
        refuse(next.getFirst());
        clock.advance(Duration.ofSeconds(121));
        assertThat(claim("fast"))
                .singleElement()
                .satisfies(one -> assertThat(prompt(one)).isEqualTo("a1"))
                .satisfies(one -> assertThat(one.attempt().number()).isEqualTo(3));
    }

    @Test
    void roomDoublesAsLongAsAllAreTaken() {
        waiting("a", IntStream.range(0, 40).mapToObj(i -> "p" + i).toArray(String[]::new));
        clock.advance(Duration.ofSeconds(30));

        for (int room : new int[] {1, 2, 4, 8, 16}) {
            var sent = claim("fast");
            assertThat(sent).hasSize(room);
            assertThat(claim("fast")).as("while all places are taken").isEmpty();
            clock.advance(Duration.ofSeconds(1));
            sent.forEach(this::accept);
        }
    }

    @Test
    void aRefusalInADrainLeavesOneTryAtATimeOnceTheRestIsIn() {
        waiting("a", "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
        clock.advance(Duration.ofSeconds(30));
        accept(claim("fast").getFirst());
        var two = claim("fast");
        assertThat(two).hasSize(2);

        clock.advance(Duration.ofSeconds(1));
        refuse(two.getFirst());
        clock.advance(Duration.ofMinutes(1));
        assertThat(claim("fast")).as("while the other one is under way").isEmpty();

        accept(two.getLast());
        assertThat(lane("fast").isOpen()).as("it was sent before the closing").isFalse();
        assertThat(claim("fast")).hasSize(1);
    }

    @Test
    void ofTwoReplicasThatTryAtOnceOneDoes() throws Exception {
        for (int round = 0; round < 5; round++) {
            empty();
            waiting("a", "a1", "a2", "a3", "a4");
            clock.advance(Duration.ofSeconds(30));
            var lane = lane("fast");
            var together = new CyclicBarrier(4);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var claims = IntStream.range(0, 4)
                        .mapToObj(_ -> threads.submit(() -> {
                            together.await();
                            return turns.claim(lane, ACCOUNT, clock.instant(), Long.MAX_VALUE);
                        }))
                        .toList();
                int claimed = 0;
                for (var claim : claims) {
                    claimed += claim.get().size();
                }
                assertThat(claimed).isEqualTo(1);
            }
        }
    }

    @Test
    void noMoreIsClaimedThanThereIsMemoryFor() {
        waiting("a", "a1", "a2", "a3");
        open("fast");
        database.jdbc.sql("update lane set room = 8").update();

        // Each counts as 4 KB.
        var two = turns.claim(lane("fast"), ACCOUNT, clock.instant(), 10_000);
        assertThat(two).hasSize(2);
        assertThat(turns.claim(lane("fast"), ACCOUNT, clock.instant(), 1))
                .as("one goes whatever its size")
                .hasSize(1);
    }

    @Test
    void whatIsSentIsWhatCame() {
        waiting("a", "a1");
        open("fast");

        var turn = claim("fast").getFirst();

        assertThat(turn.body()).isEqualTo(body("a1"));
        assertThat(turn.attempt().number()).isEqualTo(2);
        assertThat(turn.attempt().sentAt()).isEqualTo(clock.instant());
    }

    @Test
    void theKeyOfAnAccountIsTriedWithTheModelThatWaitedLongest() {
        var first = hold(intended("a", "slow", "s1"), HoldReason.KEY);
        hold(intended("a", "fast", "f1"), HoldReason.KEY);
        clock.advance(Duration.ofSeconds(30));
        var whole = lane("");

        var tried = turns.claim(whole, ACCOUNT, clock.instant(), Long.MAX_VALUE);
        assertThat(tried)
                .singleElement()
                .satisfies(one -> assertThat(one.job().id()).isEqualTo(first.id()));
        clock.advance(Duration.ofHours(1));
        assertThat(turns.claim(whole, ACCOUNT, clock.instant(), Long.MAX_VALUE)).isEmpty();

        accept(tried.getFirst());
        assertThat(lanes.all()).noneMatch(Lane::isWholeAccount);
        assertThat(claim("fast")).hasSize(1);
    }

    @Test
    void aLaneGoesWhenNothingWaitsInIt() {
        waiting("a", "a1");
        turns.forget(lane("fast"));
        assertThat(lanes.all()).hasSize(1);

        open("fast");
        var last = claim("fast").getFirst();
        assertThat(claim("fast")).isEmpty();
        assertThat(lanes.all()).as("while the last is under way").hasSize(1);

        accept(last);
        assertThat(claim("fast")).isEmpty();
        assertThat(lanes.all()).isEmpty();
    }

    @Test
    void aClosedLaneThatNobodyWaitsInIsForgotten() {
        var job = waiting("a", "a1").getFirst();
        transitions.apply(
                new Transition.Cancelled(job.id(), NO_MONEY, JobEvent.of(EventKind.CANCELLED, clock.instant())));

        turns.forget(lane("fast"));

        assertThat(lanes.all()).isEmpty();
    }

    @Test
    void theBodyGoesWithTheWaiting() {
        waiting("a", "a1", "a2", "a3", "a4");
        open("fast");
        database.jdbc.sql("update lane set room = 8").update();
        var sent = claim("fast");
        assertThat(kept()).isEqualTo(4);

        accept(sent.get(0));
        transitions.apply(new Transition.Unconfirmed(
                sent.get(1).attempt(), NO_MONEY, JobEvent.of(EventKind.UNCONFIRMED, clock.instant())));
        transitions.apply(new Transition.Rejected(
                sent.get(2).attempt(), NO_MONEY, null, JobEvent.of(EventKind.REJECTED, clock.instant())));
        assertThat(kept()).isEqualTo(1);

        refuse(sent.get(3));
        assertThat(kept()).isEqualTo(1);
        transitions.apply(new Transition.WaitedTooLong(
                sent.get(3).job().id(), NO_MONEY, JobEvent.of(EventKind.REJECTED, clock.instant())));
        assertThat(kept()).isZero();
    }

    /** As the plan says, not as the clock does. */
    @Test
    void withTenThousandWaitingAClaimReadsAFewPagesForEachApp() {
        waiting("app0", "p");
        database.jdbc.sql("""
                        insert into video_job select (jsonb_populate_record(job, jsonb_build_object('id', 'task_' || md5(n::text)))).*
                        from video_job job, generate_series(1, 10000) n
                        """).update();
        database.jdbc.sql("""
                        insert into held_request (job_id, app, account, model, reason, since, until, size, body)
                        select id, 'app' || (row_number() over () % 5), 1, 'fast', 'balance', now(), now(), 4096, 'x'
                        from video_job where not exists (select from held_request where job_id = id)
                        """).update();
        database.jdbc.sql("vacuum analyze held_request").update();

        var plan = String.join(
                "\n",
                database.jdbc
                        .sql("explain (analyze, buffers, timing off) " + Turns.NEXT)
                        .param("account", ACCOUNT)
                        .param("model", "fast")
                        .param("last", "app2")
                        .param("limit", 1)
                        .param("capped", new String[0])
                        .param("rooms", new Integer[0])
                        .query((row, _) -> row.getString(1))
                        .list());

        assertThat(plan).contains("held_request_turn").doesNotContain("Seq Scan on held_request");
        assertThat(pages(plan)).as("pages read, of %s", plan).isLessThan(80);
    }

    /** Of the whole plan: its first line of buffers. */
    private static int pages(String plan) {
        var line = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?")
                .matcher(plan);
        assertThat(line.find()).isTrue();
        return IntStream.of(1, 2)
                .mapToObj(line::group)
                .filter(Objects::nonNull)
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** Jobs of this app that were refused for want of money, the oldest first. */
    private List<NewJob> waiting(String app, String... prompts) {
        return Arrays.stream(prompts)
                .map(prompt -> hold(intended(app, "fast", prompt), HoldReason.BALANCE))
                .toList();
    }

    private NewJob intended(String app, String model, String prompt) {
        clock.advance(Duration.ofMillis(1));
        var now = clock.instant();
        var job = new NewJob(JobId.next(now), app, model, prompt, "{}", null, null, null, now, ACCOUNT);
        database.store.intend(job);
        return job;
    }

    private NewJob hold(NewJob job, HoldReason reason) {
        var terms = new HoldTerms(clock.instant().plus(Duration.ofDays(1)), body(job.prompt()));
        transitions.apply(new Transition.Held(
                job.attempt(),
                Trouble.of(reason),
                true,
                NO_MONEY,
                terms,
                JobEvent.of(EventKind.HELD, clock.instant())));
        lanes.refresh();
        return job;
    }

    private void open(String model) {
        database.jdbc
                .sql("update lane set state = 'open', next_try_at = null where model = ?")
                .param(model)
                .update();
    }

    private List<Turn> claim(String model) {
        lanes.refresh();
        return lanes.all().stream()
                .filter(lane -> lane.model().equals(model))
                .findFirst()
                .map(lane -> turns.claim(lane, ACCOUNT, clock.instant(), Long.MAX_VALUE))
                .orElse(List.of());
    }

    private void accept(Turn turn) {
        lanes.refresh();
        var event = JobEvent.of(EventKind.ACCEPTED, clock.instant());
        transitions.apply(
                new Transition.Accepted(turn.attempt(), "up_" + turn.job().id(), Duration.ZERO, null, event));
    }

    private void refuse(Turn turn) {
        transitions.apply(new Transition.Held(
                turn.attempt(),
                Trouble.of(HoldReason.BALANCE),
                true,
                NO_MONEY,
                new HoldTerms(turn.until(), null),
                JobEvent.of(EventKind.HELD, clock.instant())));
    }

    private Lane lane(String model) {
        return lanes.all().stream()
                .filter(lane -> lane.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private long kept() {
        return database.jdbc
                .sql("select count(*) from held_request")
                .query(Long.class)
                .single();
    }

    private static String prompt(Turn turn) {
        return new String(turn.body(), StandardCharsets.UTF_8);
    }

    private static byte[] body(String prompt) {
        return prompt.getBytes(StandardCharsets.UTF_8);
    }
}
