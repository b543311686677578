package io.reelgate.admission.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.HoldReason;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a lane is closed, for how long, and what opens it. */
class LanesTests {

    private static final int ACCOUNT = OwnDatabase.ACCOUNT;
    private static final Instant NOON = Instant.parse("2026-07-31T12:00:00Z");

    private static final OwnDatabase database = new OwnDatabase();

    private final Lanes lanes = LaneFixture.lanes(database.jdbc);

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.sql("delete from lane").update();
    }

    @Test
    void theFirstTryIsHalfAMinuteAfterTheRefusal() {
        close("fast", HoldReason.BALANCE, false, null, NOON);

        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(lane("fast").tries()).isZero();
        assertThat(lane("fast").isDue(NOON.plusSeconds(29))).isFalse();
        assertThat(lane("fast").isDue(NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void eachTryThatFailsDoublesThePauseUpToTenMinutesLessATenthByChance() {
        close("fast", HoldReason.BALANCE, false, null, NOON);
        var at = NOON;
        for (var seconds : new int[] {60, 120, 240, 480, 600, 600, 600}) {
            at = at.plusSeconds(1_000);
            close("fast", HoldReason.BALANCE, true, null, at);

            assertThat(pause("fast", at))
                    .isBetween(Duration.ofMillis(seconds * 900L), Duration.ofMillis(seconds * 1_000L));
        }
        assertThat(lane("fast").tries()).isEqualTo(7);
        assertThat(lane("fast").since()).as("closed since").isEqualTo(NOON);
    }

    @Test
    void aThousandTriesOverflowNothing() {
        close("fast", HoldReason.BALANCE, false, null, NOON);
        database.jdbc.sql("update lane set tries = 1000").update();

        close("fast", HoldReason.BALANCE, true, null, NOON);

        assertThat(pause("fast", NOON)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void pausesOfTwoLanesDiffer() {
        for (int i = 0; i < 20; i++) {
            close("m" + i, HoldReason.BALANCE, false, null, NOON);
            close("m" + i, HoldReason.BALANCE, true, null, NOON);
        }

        assertThat(lanes.all().stream().map(Lane::nextTryAt).distinct().count()).isGreaterThan(10);
    }

    @Test
    void whatWasNoTryLengthensNoPause() {
        close("fast", HoldReason.BALANCE, false, null, NOON);
        for (int i = 1; i < 10; i++) {
            close("fast", HoldReason.BALANCE, false, null, NOON.plusSeconds(i));
        }

        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(lane("fast").tries()).isZero();
    }

    /** In the middle of a drain several are under way when the first of them is refused. */
    @Test
    void whatWasSentBeforeTheClosingLengthensNoPause() {
        close("fast", HoldReason.BALANCE, false, null, NOON);

        lanes.close(ACCOUNT, "fast", HoldReason.BALANCE, "no", NOON.minusSeconds(1), null, NOON.plusSeconds(1));

        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(lane("fast").tries()).isZero();
    }

    @Test
    void whatTheUpstreamAsksForIsWaitedForAlsoIfItIsSoon() {
        close("fast", HoldReason.THROTTLED, false, Duration.ofSeconds(2), NOON);

        assertThat(pause("fast", NOON)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatTheUpstreamAsksForIsWaitedFor() {
        close("fast", HoldReason.THROTTLED, false, Duration.ofMinutes(5), NOON);
        assertThat(pause("fast", NOON)).isEqualTo(Duration.ofMinutes(5));

        close("fast", HoldReason.THROTTLED, true, Duration.ofHours(1), NOON);
        assertThat(pause("fast", NOON)).as("more than the longest of our own").isEqualTo(Duration.ofHours(1));

        close("fast", HoldReason.THROTTLED, false, Duration.ofHours(2), NOON);
        assertThat(pause("fast", NOON)).as("asked by one that was no try").isEqualTo(Duration.ofHours(2));

        close("fast", HoldReason.THROTTLED, false, Duration.ofSeconds(1), NOON);
        assertThat(pause("fast", NOON)).as("less than is waited already").isEqualTo(Duration.ofHours(2));
    }

    @Test
    void anAcceptanceOpensALaneAndTheNextClosingBeginsAnew() {
        close("fast", HoldReason.BALANCE, false, null, NOON);
        close("fast", HoldReason.BALANCE, true, null, NOON.plusSeconds(30));

        accepted("fast", NOON.plusSeconds(90), NOON.plusSeconds(91));
        assertThat(lane("fast").isOpen()).isTrue();
        assertThat(lane("fast").room()).isEqualTo(2);

        close("fast", HoldReason.BALANCE, true, null, NOON.plusSeconds(100));
        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(130));
        assertThat(lane("fast").since()).isEqualTo(NOON.plusSeconds(100));
        assertThat(lane("fast").room()).isEqualTo(1);
    }

    @Test
    void anAcceptanceOfAJobSentBeforeTheClosingOpensNothing() {
        close("fast", HoldReason.BALANCE, false, null, NOON);

        accepted("fast", NOON.minusMillis(1), NOON.plusSeconds(5));
        assertThat(lane("fast").isOpen()).isFalse();

        accepted("fast", NOON.plusMillis(1), NOON.plusSeconds(5));
        assertThat(lane("fast").isOpen()).isTrue();
    }

    @Test
    void roomGrowsByEachAcceptanceAndNotForEver() {
        lanes.queue(ACCOUNT, "fast", HoldReason.PAUSED, "paused", NOON);
        assertThat(lane("fast").room()).isEqualTo(1);
        for (int i = 0; i < 300; i++) {
            accepted("fast", NOON, NOON);
        }

        assertThat(lane("fast").room()).isEqualTo(256);
    }

    @Test
    void aRefusedKeyKeepsAllModelsOfTheAccountAndAnAnswerFreesThem() {
        close("fast", HoldReason.KEY, false, null, NOON);
        lanes.refresh();

        assertThat(lanes.waitingFor(ACCOUNT, "fast")).get().matches(Lane::isWholeAccount);
        assertThat(lanes.waitingFor(ACCOUNT, "slow")).get().matches(Lane::isWholeAccount);
        assertThat(lanes.waitingFor(ACCOUNT + 1, "fast")).isEmpty();

        lanes.answered(ACCOUNT, NOON.minusMillis(1));
        lanes.refresh();
        assertThat(lanes.waitingFor(ACCOUNT, "slow")).as("an answer of before").isPresent();

        lanes.answered(ACCOUNT, NOON.plusMillis(1));
        lanes.refresh();
        assertThat(lanes.waitingFor(ACCOUNT, "slow")).isEmpty();
        assertThat(lanes.waitingFor(ACCOUNT, "fast")).get().matches(Lane::isOpen);
    }

    @Test
    void whileTheKeyIsRefusedAnUpstreamOutOfReachClosesNoModelOfItsOwn() {
        close("fast", HoldReason.KEY, false, null, NOON);
        lanes.refresh();

        close("slow", HoldReason.UNREACHABLE, true, null, NOON.plusSeconds(30));

        assertThat(lane("slow").isOpen()).isTrue();
        assertThat(lane(Lane.WHOLE_ACCOUNT).tries()).isEqualTo(1);
    }

    @Test
    void whatWaitsForMoneyIsTriedSoonerNeverLater() {
        close("fast", HoldReason.BALANCE, false, null, NOON);
        close("slow", HoldReason.THROTTLED, false, null, NOON);

        lanes.tryAfterEnd(ACCOUNT, NOON.plusSeconds(45));
        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(30));

        lanes.tryAfterEnd(ACCOUNT, NOON.plusSeconds(15));
        assertThat(lane("fast").nextTryAt()).isEqualTo(NOON.plusSeconds(15));
        assertThat(lane("slow").nextTryAt()).isEqualTo(NOON.plusSeconds(30));

        assertThat(lanes.tryNow(ACCOUNT, "slow", NOON)).isEqualTo(1);
        assertThat(lane("slow").nextTryAt()).isEqualTo(NOON);
        assertThat(lanes.tryNow(ACCOUNT, "none", NOON)).isZero();
    }

    @Test
    void withAThousandLanesNoJobBeginsToWaitForAnotherModel() {
        database.jdbc.sql("""
                        insert into lane (account, model, state, reason, message, since)
                        select ?, 'm' || n, 'open', 'paused', '', now() from generate_series(1, ?) n
                        """).params(ACCOUNT, Lanes.MOST - 1).update();
        lanes.refresh();
        assertThat(lanes.hasRoomFor(ACCOUNT, "made-up")).isTrue();

        lanes.queue(ACCOUNT, "last", HoldReason.PAUSED, "paused", NOON);
        lanes.refresh();

        assertThat(lanes.hasRoomFor(ACCOUNT, "made-up")).isFalse();
        assertThat(lanes.hasRoomFor(ACCOUNT, "m7")).as("one that there is").isTrue();
    }

    private void close(String model, HoldReason reason, boolean tried, @Nullable Duration asked, Instant at) {
        lanes.close(ACCOUNT, model, reason, "no", tried ? at.plusMillis(1) : null, asked, at);
    }

    private void accepted(String model, Instant sent, Instant at) {
        lanes.accepted(ACCOUNT, model, sent, at);
    }

    private Lane lane(String model) {
        return lanes.all().stream()
                .filter(lane -> lane.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private Duration pause(String model, Instant at) {
        var next = lane(model).nextTryAt();
        assertThat(next).isNotNull();
        return Duration.between(at, next);
    }
}
