package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.stats.PastJobs;
import io.reelgate.job.store.PollTicket;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.Snapshot.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hours of jobs in seconds, by a turned clock: an upstream ends each task at its own time, and the gateway sees that only
 * where it polls. Rhythm, estimates and decider are the real ones, on a real record.
 */
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({PostgresTestConfiguration.class, PastJobs.class})
class FirstPollTests {

    private static final Duration MIN = Duration.ofSeconds(5);
    private static final Duration MAX = Duration.ofSeconds(8);
    private static final Duration LATEST = Duration.ofSeconds(45);
    private static final Duration TOOK = Duration.ofMillis(100);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration BETWEEN_JOBS = Duration.ofSeconds(2);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PastJobs past;

    private final Random random = new Random(20_261_125);
    private final List<Job> inFlight = new ArrayList<>();
    private final PriorityQueue<Job> polls = new PriorityQueue<>(Comparator.comparing((Job job) -> job.due));
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private Instant refreshed = now;
    private Instant away = Instant.MIN;
    private boolean tells;
    private int asked;
    private CompletionEstimates estimates;
    private PollSchedule schedule;
    private PollDecider decider;

    /** A job, and what only the upstream knows of it. */
    private static final class Job {

        private final String id;
        private final Instant accepted;
        private final Instant ends;
        private final boolean fails;
        private Instant due;
        private PollTicket ticket;
        private @Nullable Instant found;

        private Job(
                String id,
                Instant accepted,
                Duration takes,
                boolean fails,
                Duration firstPoll,
                @Nullable Duration earliest) {
            this.id = id;
            this.accepted = accepted;
            this.ends = accepted.plus(takes);
            this.fails = fails;
            this.due = accepted.plus(firstPoll);
            this.ticket = new PollTicket(id, "up", "m", accepted, UUID.randomUUID(), 0, 0, 0, false, 0, null, earliest);
        }

        private Duration lag() {
            return Duration.between(ends, Objects.requireNonNull(found));
        }

        private Duration age() {
            return Duration.between(accepted, Objects.requireNonNull(found));
        }
    }

    @BeforeEach
    void begin() {
        var properties = new TrackingProperties(
                MIN, MAX, 64, Duration.ofSeconds(30), Duration.ofHours(24), Duration.ofMinutes(2), 5);
        estimates = new CompletionEstimates(past);
        schedule = new PollSchedule(properties, estimates);
        decider = new PollDecider(schedule, properties, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    }

    @Test
    void followsAnUpstreamThatBecomesThreeTimesFasterWithinTwoHundredJobs() {
        jobs(2_000, Duration.ofSeconds(60));
        assertThat(firstPoll()).isBetween(Duration.ofSeconds(35), LATEST);

        jobs(200, Duration.ofSeconds(20));

        assertThat(firstPoll()).isLessThan(Duration.ofSeconds(18));
        assertThat(jobs(100, Duration.ofSeconds(20)))
                .allSatisfy(job -> assertThat(job.lag()).isLessThan(MAX.plusSeconds(1)));
    }

    /** That is worth polls only: nothing is found late meanwhile. */
    @Test
    void followsAnUpstreamThatBecomesThreeTimesSlower() {
        jobs(1_000, Duration.ofSeconds(15));
        assertThat(firstPoll()).isLessThan(Duration.ofSeconds(15));

        jobs(500, Duration.ofSeconds(45));

        assertThat(firstPoll()).isBetween(Duration.ofSeconds(30), LATEST);
    }

    @Test
    void followsAnUpstreamThatTellsWhenTasksEndedWithinTwentyJobs() {
        tells = true;
        jobs(300, Duration.ofSeconds(60));

        jobs(20, Duration.ofSeconds(20));

        assertThat(firstPoll()).isLessThan(Duration.ofSeconds(18));
    }

    /** What it found late by its own habit does not make it later still. */
    @Test
    void staysWhereItIsWhileNothingChanges() {
        jobs(1_000, Duration.ofSeconds(60));
        var before = firstPoll();

        jobs(2_000, Duration.ofSeconds(60));

        assertThat(firstPoll()).isBetween(before.minus(MAX), before.plus(MAX));
    }

    /** Those that ended meanwhile are found up to ten minutes late; it is the quickest but one of twenty that is believed. */
    @Test
    void doesNotTakeAnUpstreamForSlowBecauseTheGatewayWasAway() {
        jobs(1_000, Duration.ofSeconds(20));
        var before = firstPoll();

        away = now.plus(Duration.ofMinutes(10));
        jobs(200, Duration.ofSeconds(20));
        jobs(40, Duration.ofSeconds(20));

        assertThat(firstPoll()).isLessThan(before.plus(MAX));
    }

    @Test
    void findsWhatFailsAtOnceSoonHoweverLongOthersTake() {
        jobs(1_000, Duration.ofMinutes(5));
        assertThat(firstPoll()).isGreaterThan(Duration.ofSeconds(40));

        var failed = new ArrayList<Job>();
        for (int i = 0; i < 50; i++) {
            failed.add(submit(Duration.ofSeconds(3), true));
            runUntil(now.plus(BETWEEN_JOBS));
        }
        finish();

        assertThat(failed).allSatisfy(job -> assertThat(job.age()).isLessThanOrEqualTo(LATEST.plus(MAX)));
    }

    /** Of those that take minutes too: a look now and then is enough until others of their kind begin to end. */
    @Test
    void asksForNoneOftenBeforeOthersOfItsKindBeganToEnd() {
        jobs(1_000, Duration.ofSeconds(200));
        asked = 0;

        var jobs = jobs(400, Duration.ofSeconds(200));

        // Of 218 s the first 175 take five looks; polled every 6.5 s from the start, it would be 34.
        assertThat(asked / (double) jobs.size()).isBetween(8.0, 18.0);
        var lags = jobs.stream().map(Job::lag).sorted().toList();
        assertThat(lags.get(lags.size() / 2)).isLessThan(MIN);
        assertThat(lags.get(lags.size() * 95 / 100)).isLessThan(MAX.multipliedBy(2));
    }

    /** So many jobs one after the other that take about so long, and then as long as it takes until all of them are found. */
    private List<Job> jobs(int number, Duration length) {
        var jobs = new ArrayList<Job>();
        for (int i = 0; i < number; i++) {
            var takes = length.multipliedBy(90 + random.nextInt(40)).dividedBy(100);
            jobs.add(submit(takes, false));
            runUntil(now.plus(BETWEEN_JOBS));
        }
        finish();
        return jobs;
    }

    private Job submit(Duration takes, boolean fails) {
        var id = id();
        var job = new Job(
                id,
                now,
                takes,
                fails,
                schedule.after(id, "m", "5", "720p"),
                schedule.earliestEnd(id, "m", "5", "720p"));
        inFlight.add(job);
        polls.add(job);
        return job;
    }

    /** When a job that is no sample would be asked for first, at the latest. */
    private Duration firstPoll() {
        return schedule.after("task_fff", "m", "5", "720p");
    }

    private void finish() {
        while (!inFlight.isEmpty()) {
            runUntil(now.plus(BETWEEN_JOBS));
        }
        estimates.refresh();
    }

    private void runUntil(Instant then) {
        while (true) {
            var next = polls.peek();
            var due = next == null ? Instant.MAX : next.due.isBefore(away) ? away : next.due;
            var refresh = refreshed.plus(REFRESH);
            if (then.isBefore(due) && then.isBefore(refresh)) {
                now = then;
                return;
            }
            now = due.isBefore(refresh) ? due : refresh;
            if (due.isBefore(refresh)) {
                poll(polls.remove());
            } else {
                refreshed = now;
                estimates.refresh();
            }
        }
    }

    private void poll(Job job) {
        asked++;
        var decision = decider.decide(job.ticket, answer(job), TOOK);
        switch (decision) {
            case PollDecision.Wait(var ticket, var delay) -> again(job, ticket, delay);
            case PollDecision.Start(var ticket, var delay) -> again(job, ticket, delay);
            case PollDecision.Succeed(var _, var _, var since) -> found(job, "succeeded", since);
            case PollDecision.Fail(var _, var _, var since) -> found(job, "failed", since);
            case PollDecision.Expire _ -> throw new AssertionError("no job is that old");
        }
    }

    private PollOutcome answer(Job job) {
        var ended = !now.isBefore(job.ends);
        var status = !ended ? TaskStatus.IN_PROGRESS : job.fails ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
        return new PollOutcome.Seen(new Snapshot(
                status,
                null,
                ended ? "https://cdn.example.com/a.mp4" : null,
                null,
                null,
                tells && ended ? job.ends : null,
                null,
                List.of()));
    }

    private void again(Job job, PollTicket ticket, Duration delay) {
        job.ticket = ticket;
        job.due = now.plus(TOOK).plus(delay);
        polls.add(job);
    }

    private void found(Job job, String status, @Nullable Instant since) {
        job.found = now;
        inFlight.remove(job);
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, seconds, size, status, created_at, accepted_at, finished_at, ended_at)
                values (?, 'shop', 'm', 'p', '{}', '5', '720p', ?, ?, ?, ?, ?)
                """)
                .params(job.id, status)
                .params(job.accepted.atOffset(ZoneOffset.UTC), job.accepted.atOffset(ZoneOffset.UTC))
                .param(now.atOffset(ZoneOffset.UTC))
                .param(since == null ? null : since.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** As the gateway makes them, but the same in each run. */
    private String id() {
        return "task_%012x7%019x".formatted(now.toEpochMilli(), random.nextLong() & Long.MAX_VALUE);
    }
}
