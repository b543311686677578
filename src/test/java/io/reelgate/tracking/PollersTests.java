package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.FullStackTest;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.Transition;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.store.JobStore;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTickets;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.SubmissionResult;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.upstream.VideoContent;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Several pollers on one database, as in several replicas: they share the work and never see each other. */
@FullStackTest
class PollersTests {

    private static final PollOutcome FAILED = new PollOutcome.Seen(new Snapshot(
            TaskStatus.FAILED, null, null, null, null, null, new Snapshot.Failure("old", "old news"), List.of()));
    private static final PollOutcome SUCCEEDED = new PollOutcome.Seen(new Snapshot(
            TaskStatus.SUCCEEDED, 100, "https://cdn.example.com/a.mp4", null, null, null, null, List.of()));
    private static final PollOutcome QUEUED =
            new PollOutcome.Seen(new Snapshot(TaskStatus.QUEUED, null, null, null, null, null, null, List.of()));

    @Autowired
    Poller gatewaysOwn;

    @Autowired
    PollTickets tickets;

    @Autowired
    PollDecider decider;

    @Autowired
    CompletionEstimates experience;

    @Autowired
    PollRecorder recorder;

    @Autowired
    TrackingProperties properties;

    @Autowired
    UpstreamProperties upstreamProperties;

    @Autowired
    JobStore store;

    @Autowired
    JobTransitions transitions;

    @Autowired
    Accounts accounts;

    @Autowired
    JobQueries history;

    @Autowired
    JdbcClient jdbc;

    private final List<Replica> replicas = new ArrayList<>();

    @BeforeEach
    void begin() {
        gatewaysOwn.stop();
    }

    @AfterEach
    void end() {
        replicas.forEach(Replica::stop);
        gatewaysOwn.start();
    }

    /** No interval ends by itself here: the test says when the next one begins. */
    @Test
    void noTaskIsPolledTwiceInAnInterval() {
        var polls = new ConcurrentHashMap<String, Integer>();
        Function<String, PollOutcome> asked = taskId -> {
            polls.merge(taskId, 1, Integer::sum);
            return QUEUED;
        };
        for (int i = 0; i < 40; i++) {
            job();
        }
        var three = IntStream.range(0, 3).mapToObj(_ -> hourly(asked)).toList();

        for (int interval = 1; interval <= 3; interval++) {
            jdbc.sql("update poll_ticket set due_at = now()").update();
            passUntilIdle(three);
            passUntilIdle(three);

            assertThat(polls.values()).hasSize(40).containsOnly(interval);
        }
    }

    @Test
    void aPollerThatStopsGivesItsLeasesBackAndItsLateAnswerIsDiscarded() {
        var job = job();
        var silence = new CountDownLatch(1);
        var leaving = replica(taskId -> afterwards(silence, FAILED));
        leaving.poller.pass();
        assertThat(leased()).isEqualTo(1);

        leaving.poller.stop();

        assertThat(leased()).isZero();
        replica(_ -> SUCCEEDED).poller.pass();
        await().until(() -> status(job) == JobStatus.SUCCEEDED);
        silence.countDown();
        await().until(leaving::isIdle);
        assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aPollerThatWasFrozenPastItsLeaseCannotWriteItsOldResult() {
        var job = job();
        var frozen = new CountDownLatch(1);
        var sleeper = replica(_ -> afterwards(frozen, FAILED));
        sleeper.poller.pass();
        jdbc.sql("update poll_ticket set leased_until = now() - interval '1 ms'")
                .update();
        var other = replica(_ -> QUEUED);
        other.poller.pass();
        await().until(() -> leased() == 0);

        frozen.countDown();
        await().until(sleeper::isIdle);

        assertThat(status(job)).isEqualTo(JobStatus.QUEUED);
        assertThat(jdbc.sql("select count(*) from poll_ticket")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** As after a write-back that hung for as long as a lease: what was found before waits beside what was found since. */
    @Test
    void whatWasFoundUnderALeaseThatEndedIsDroppedEvenBesideWhatWasFoundSince() {
        var job = job();
        var stale = tickets.claim(1, properties.lease(), accounts.served()).getFirst();
        jdbc.sql("update poll_ticket set leased_until = now() - interval '1 ms'")
                .update();
        var live = tickets.claim(1, properties.lease(), accounts.served()).getFirst();
        var start = new PollDecision.Start(stale, properties.intervalMin());
        var end = new PollDecision.Succeed(live, new io.reelgate.job.VideoResult(null, null, null, null), null);

        assertThat(recorder.record(List.of(PollFinding.sure(start), PollFinding.sure(end))))
                .containsExactly(end);

        assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jdbc.sql("select kind from job_event where job_id = ? order by id")
                        .param(job)
                        .query(String.class)
                        .list())
                .containsExactly("submitted", "accepted", "succeeded");
    }

    /** A defect in one poll: the others go on, it is asked again, and its ticket says why it told nothing. */
    @Test
    void aPollThatBreaksHoldsNobodyUp() {
        var broken = job();
        var sound = job();
        var replica = replica(
                taskId -> {
                    if (taskId.endsWith(broken)) {
                        throw new IllegalStateException("a defect");
                    }
                    return SUCCEEDED;
                },
                1);

        await().until(() -> {
            replica.poller.pass();
            return status(sound) == JobStatus.SUCCEEDED;
        });
        await().until(replica::isIdle);
        assertThat(status(broken)).isEqualTo(JobStatus.QUEUED);
        assertThat(jdbc.sql("select last_reason from poll_ticket where failures > 0 and silent_since is not null")
                        .query(String.class)
                        .single())
                .contains("the gateway failed", "IllegalStateException");
    }

    /** Otherwise a slow database would hold up the asking, and with it everybody's news. */
    @Test
    void aPollHoldsItsPermitForTheCallOnly() {
        var asked = ConcurrentHashMap.<String>newKeySet();
        job();
        job();
        var replica = replica(
                taskId -> {
                    asked.add(taskId);
                    return QUEUED;
                },
                1);
        replica.writeBack.stop();

        await().until(() -> {
            replica.poller.pass();
            return asked.size() == 2;
        });

        assertThat(replica.isIdle()).isFalse();
    }

    private static PollOutcome afterwards(CountDownLatch latch, PollOutcome outcome) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    /** All of them at once, again and again while answers are under way. */
    private static void passUntilIdle(List<Replica> replicas) {
        await().until(() -> {
            replicas.parallelStream().forEach(replica -> replica.poller.pass());
            return replicas.stream().allMatch(Replica::isIdle);
        });
    }

    /** A poller and its write-back, as one more replica would have them. */
    private final class Replica {

        private final PollMetrics metrics = new PollMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        private final CountingWriteBack writeBack = new CountingWriteBack(metrics);
        private final Poller poller;

        Replica(Function<String, PollOutcome> upstream, PollDecider decider, int concurrency) {
            poller = new Poller(
                    tickets,
                    accounts,
                    new Asked(upstream, writeBack),
                    decider,
                    writeBack,
                    metrics,
                    withConcurrency(concurrency),
                    upstreamProperties);
            writeBack.start();
            poller.start();
        }

        boolean isIdle() {
            return writeBack.open.isEmpty();
        }

        void stop() {
            poller.stop();
            writeBack.stop();
        }
    }

    /** Knows which polls have not come to their end. */
    private final class CountingWriteBack extends PollResultWriter {

        private final Set<String> open = ConcurrentHashMap.newKeySet();

        CountingWriteBack(PollMetrics metrics) {
            super(recorder, metrics);
        }

        @Override
        void add(PollFinding finding, Runnable done) {
            super.add(finding, () -> {
                done.run();
                open.remove(finding.decision().ticket().upstreamTaskId());
            });
        }
    }

    /** An upstream that only answers polls. */
    private record Asked(Function<String, PollOutcome> answer, CountingWriteBack writeBack) implements UpstreamClient {

        @Override
        public Mono<PollOutcome> poll(String taskId) {
            writeBack.open.add(taskId);
            return Mono.fromCallable(() -> answer.apply(taskId))
                    .doOnError(_ -> writeBack.open.remove(taskId))
                    .subscribeOn(Schedulers.boundedElastic());
        }

        @Override
        public SubmissionResult submit(byte[] body, Instant intended) {
            throw new UnsupportedOperationException();
        }

        @Override
        public VideoContent film(String taskId, RangeRequest wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration longestCall() {
            throw new UnsupportedOperationException();
        }
    }

    private Replica replica(Function<String, PollOutcome> upstream) {
        return replica(upstream, properties.concurrency());
    }

    private Replica replica(Function<String, PollOutcome> upstream, int concurrency) {
        return replica(upstream, decider, concurrency);
    }

    private Replica replica(Function<String, PollOutcome> upstream, PollDecider decider, int concurrency) {
        var replica = new Replica(upstream, decider, concurrency);
        replicas.add(replica);
        return replica;
    }

    /** One that asks for each task once an hour. */
    private Replica hourly(Function<String, PollOutcome> upstream) {
        var hour = Duration.ofHours(1);
        var rare = new TrackingProperties(
                hour,
                hour,
                properties.concurrency(),
                properties.lease(),
                properties.deadline(),
                properties.missingGrace(),
                properties.missingLimit());
        var decider = new PollDecider(new PollSchedule(rare, experience), rare, Clock.systemUTC());
        return replica(upstream, decider, properties.concurrency());
    }

    private TrackingProperties withConcurrency(int concurrency) {
        return new TrackingProperties(
                properties.intervalMin(),
                properties.intervalMax(),
                concurrency,
                properties.lease(),
                properties.deadline(),
                properties.missingGrace(),
                properties.missingLimit());
    }

    private String job() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var job = new NewJob(JobId.next(now), "shop", "fast", "kite", "{}", null, null, null, now, accounts.current());
        store.intend(job);
        transitions.apply(new Transition.Accepted(
                job.attempt(), "up_" + job.id(), Duration.ZERO, null, JobEvent.of(EventKind.ACCEPTED, now)));
        return job.id();
    }

    private JobStatus status(String id) {
        return history.find(id).orElseThrow().status();
    }

    private long leased() {
        return jdbc.sql("select count(*) from poll_ticket where leased_until is not null")
                .query(Long.class)
                .single();
    }
}
