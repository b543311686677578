package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.reelgate.job.stats.PastJobs;
import io.reelgate.job.store.PollTicket;
import io.reelgate.tracking.PollDecision.Expire;
import io.reelgate.tracking.PollDecision.Fail;
import io.reelgate.tracking.PollDecision.Start;
import io.reelgate.tracking.PollDecision.Succeed;
import io.reelgate.tracking.PollDecision.Wait;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.UpstreamError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each kind of answer means for a job, at a given age. */
class PollDeciderTests {

    private static final Instant NOW = Instant.parse("2026-07-24T12:00:00Z");
    private static final Duration TOOK = Duration.ofMillis(100);
    private static final Duration YOUNG = Duration.ofSeconds(30);
    private static final Duration PAST_DEADLINE = Duration.ofHours(25);

    private final TrackingProperties properties = new TrackingProperties(
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            64,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofMinutes(2),
            5);
    private final PollDecider decider = new PollDecider(
            new PollSchedule(properties, new CompletionEstimates(mock(PastJobs.class))),
            properties,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void saysOnceThatAJobHasBegun() {
        assertThat(decide(ticket(YOUNG), seen(TaskStatus.IN_PROGRESS, null))).isInstanceOf(Start.class);
        assertThat(decide(ticket(YOUNG).seen(true, 5), seen(TaskStatus.IN_PROGRESS, null)))
                .isInstanceOf(Wait.class);
    }

    @Test
    void asksAgainBrieflyForALinkBeforeItDoesWithout() {
        var ticket = ticket(YOUNG);
        for (int i = 0; i < 3; i++) {
            var decision = (Wait) decide(ticket, seen(TaskStatus.SUCCEEDED, null));
            assertThat(decision.delay()).isEqualTo(Duration.ofSeconds(2));
            ticket = decision.ticket();
        }

        assertThat(decide(ticket, seen(TaskStatus.SUCCEEDED, null)))
                .isInstanceOfSatisfying(
                        Succeed.class, end -> assertThat(end.film().url()).isNull());
        assertThat(decide(ticket(YOUNG), seen(TaskStatus.SUCCEEDED, "https://cdn.example.com/a.mp4")))
                .isInstanceOf(Succeed.class);
    }

    @Test
    void believesThatATaskIsMissingOnlyAfterTheGraceAndFiveTimesInARow() {
        assertThat(decide(missed(ticket(YOUNG), 50), new PollOutcome.Missing("gone")))
                .isInstanceOf(Wait.class);
        assertThat(decide(missed(ticket(Duration.ofMinutes(3)), 3), new PollOutcome.Missing("gone")))
                .isInstanceOf(Wait.class);
        assertThat(decide(missed(ticket(Duration.ofMinutes(3)), 4), new PollOutcome.Missing("gone")))
                .isInstanceOfSatisfying(
                        Fail.class, end -> assertThat(end.error().code()).isEqualTo("task_lost"));
        assertThat(missed(ticket(YOUNG), 4).seen(false, 0).misses()).isZero();
    }

    @Test
    void expiresOnlyOnAnAnswerPastTheDeadline() {
        var old = ticket(PAST_DEADLINE);
        assertThat(decide(old, seen(TaskStatus.IN_PROGRESS, null))).isInstanceOf(Expire.class);
        assertThat(decide(old, seen(TaskStatus.UNCLEAR, null))).isInstanceOf(Expire.class);
        assertThat(decide(old, new PollOutcome.Unanswered("silence", null))).isInstanceOf(Wait.class);
        assertThat(decide(
                        old,
                        new PollOutcome.Denied(new UpstreamError(401, null, "bad key"), PollOutcome.Denied.Cause.KEY)))
                .isInstanceOf(Wait.class);
        assertThat(decide(old, seen(TaskStatus.SUCCEEDED, "https://cdn.example.com/a.mp4")))
                .isInstanceOf(Succeed.class);
    }

    @Test
    void asksLaterAndLaterWhileNothingIsAnsweredButAtLeastOnceAMinute() {
        var ticket = ticket(YOUNG);
        var last = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            var decision = (Wait) decide(ticket, new PollOutcome.Unanswered("silence", null));
            assertThat(decision.delay()).isBetween(last.multipliedBy(8).dividedBy(10), Duration.ofSeconds(60));
            last = decision.delay();
            ticket = decision.ticket();
        }
        assertThat(last).isGreaterThanOrEqualTo(Duration.ofSeconds(54));
        assertThat(ticket.seen(false, 0).failures()).isZero();
    }

    @Test
    void waitsAsLongAsTheUpstreamAsks() {
        var asked = Duration.ofMinutes(10);

        assertThat(decide(ticket(YOUNG), new PollOutcome.Unanswered("429", asked)))
                .isInstanceOfSatisfying(
                        Wait.class, wait -> assertThat(wait.delay()).isEqualTo(asked));
    }

    @Test
    void asksTheOldMoreRarely() {
        assertThat(intervalAt(YOUNG)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
        assertThat(intervalAt(Duration.ofMinutes(6))).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(intervalAt(Duration.ofHours(2))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void remembersWhyAPollToldNothingUntilOneDoes() {
        var told = ((Wait) decide(ticket(YOUNG), new PollOutcome.Unanswered("silence", null))).ticket();
        assertThat(told.lastReason()).isEqualTo("silence");
        var denied =
                new PollOutcome.Denied(new UpstreamError(401, "bad_key", "not yours"), PollOutcome.Denied.Cause.KEY);
        assertThat(decide(told, denied).ticket().lastReason()).isEqualTo("HTTP 401 bad_key: not yours");

        assertThat(decide(told, seen(TaskStatus.IN_PROGRESS, null)).ticket().lastReason())
                .isNull();
        assertThat(decide(told, new PollOutcome.Missing("gone")).ticket().lastReason())
                .isNull();
    }

    @Test
    void keepsOfAReasonWhatATicketCanHold() {
        var reason = "x".repeat(299) + "\uD83C\uDFAC\u0000";

        var ticket =
                decide(ticket(YOUNG), new PollOutcome.Unanswered(reason, null)).ticket();

        assertThat(ticket.lastReason()).isEqualTo("x".repeat(299) + "\uFFFD");
    }

    @Test
    void leavesToTheRecordWhetherAnAnswerUnderAnotherIdIsBelieved() {
        var named = new Snapshot(TaskStatus.IN_PROGRESS, 40, null, null, null, null, null, List.of("cgt-1"));
        var ours = new Snapshot(TaskStatus.IN_PROGRESS, 40, null, null, null, null, null, List.of("cgt-1", "UP_1"));

        var doubtful = decider.find(ticket(YOUNG), new PollOutcome.Seen(named), TOOK);
        assertThat(doubtful.decision()).isInstanceOf(Start.class);
        assertThat(doubtful.otherIds()).containsExactly("cgt-1");
        assertThat(doubtful.disbelieved()).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.ticket().failures()).isEqualTo(1);
            assertThat(wait.ticket().progress()).isZero();
            assertThat(wait.ticket().lastReason()).contains("another task, cgt-1");
        });
        assertThat(decider.find(ticket(YOUNG), new PollOutcome.Seen(ours), TOOK).otherIds())
                .isEmpty();
    }

    private PollDecision decide(PollTicket ticket, PollOutcome outcome) {
        return decider.decide(ticket, outcome, TOOK);
    }

    /** From poll to poll. */
    private Duration intervalAt(Duration age) {
        return ((Wait) decide(ticket(age), seen(TaskStatus.QUEUED, null)))
                .delay()
                .plus(TOOK);
    }

    private static PollTicket ticket(Duration age) {
        return new PollTicket(
                "task_1", "up_1", "fast", NOW.minus(age), UUID.randomUUID(), 0, 0, 0, false, 0, null, null);
    }

    private static PollTicket missed(PollTicket ticket, int times) {
        var missed = ticket;
        for (int i = 0; i < times; i++) {
            missed = missed.missed();
        }
        return missed;
    }

    private static PollOutcome seen(TaskStatus status, @Nullable String url) {
        return new PollOutcome.Seen(new Snapshot(status, null, url, null, null, null, null, List.of()));
    }
}
