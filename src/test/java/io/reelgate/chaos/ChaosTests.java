package io.reelgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks everything around and inside two replicas of the packaged gateway while apps post jobs, and then holds the
 * upstream's ledger against the record: see {@link Check}. {@code -Dchaos.kills=50} is the long form.
 */
@Tag("chaos")
class ChaosTests {

    private static final int KILLS = Integer.getInteger("chaos.kills", 3);

    /** Jobs that wait when the first replica dies. */
    private static final int MANY = KILLS >= 20 ? 500 : 50;

    private static World world;

    @BeforeAll
    static void begin(@TempDir Path directory) {
        world = new World(directory, KILLS >= 20);
        try {
            world.start();
        } catch (RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    @BeforeEach
    void recover() {
        world.recover();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void replicasAreKilledAtRandomMoments() {
        world.mood(Mood.FOUL);
        try (var storm = new Storm("kills", world)) {
            for (int kill = 0; kill < KILLS; kill++) {
                storm.blow(ThreadLocalRandom.current().nextInt(5, 40));
                victims(kill).forEach(Replica::kill);
                world.replicas().stream().filter(replica -> !replica.isUp()).forEach(Replica::start);
                world.replicas().forEach(Replica::awaitReady);
            }
            storm.endsWell();
        }
    }

    /** One or the other, and every third time both at once. */
    private static List<Replica> victims(int kill) {
        return kill % 3 == 2 ? world.replicas() : List.of(world.replicas().get(kill % 3));
    }

    @Test
    void aReplicaDiesAndTheOtherTakesOver() {
        try (var storm = new Storm("takeover", world)) {
            storm.blow(40);
            world.a().kill();
            storm.blow(10);
            // While the dead one stays dead.
            storm.endsWell();
        }
    }

    @Test
    void aReplicaFrozenPastItsLeaseWritesNothingOld() {
        world.mood(Mood.LENGTHY);
        try (var storm = new Storm("freeze", world)) {
            storm.blow(40);
            storm.calm();
            var frozen = world.a();
            // What it learns from now on is on its way to the database when it freezes, and arrives when its leases are
            // over.
            frozen.database().stall();
            Storm.pause(1_200, 1_500);
            frozen.freeze();
            try {
                var claims = Set.copyOf(world.claims());
                Storm.pause(2_500, 3_000);
                assertThat(world.held(claims))
                        .as("leases of the frozen replica")
                        .isPositive();
                await("the other one has taken over")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> world.held(claims) == 0);
                Storm.pause(1_500, 2_000);
                frozen.database().release();
                Storm.pause(300, 500);
            } finally {
                frozen.thaw();
            }
            storm.endsWell();
        }
    }

    @Test
    void theDatabaseIsStoppedAndKilled() {
        try (var storm = new Storm("database", world)) {
            storm.blow(30);
            world.postgres().stop();
            storm.blow(6);
            world.postgres().start();
            storm.blow(40);
            world.postgres().kill();
            world.postgres().start();
            storm.blow(40);
            storm.endsWell(Check.NO_ANSWER_IS_FORGOTTEN, Check.FILMS_ARE_FETCHED_ONCE);
        }
    }

    @Test
    void theVolumeOfTheFilmsIsAwayForAWhile() {
        try (var storm = new Storm("volume", world)) {
            storm.blow(20);
            world.unmountFilms();
            try {
                storm.blow(40);
                world.a().kill();
                world.a().start();
                world.a().awaitReady();
                storm.blow(20);
            } finally {
                world.mountFilms();
            }
            storm.blow(10);
            storm.endsWell();
        }
    }

    @Test
    void connectionsAreCutAndSwallowed() {
        world.mood(Mood.FOUL);
        try (var storm = new Storm("wires", world)) {
            for (int i = 0; i < 3; i++) {
                storm.blow(10);
                world.upstreamWire().cut();
                storm.blow(10);
                world.replicas().forEach(replica -> replica.database().cut());
            }
            world.upstreamWire().sever();
            storm.blow(6);
            world.upstreamWire().mend();
            storm.blow(10);
            world.upstreamWire().stall();
            Storm.pause(3_500, 4_000);
            world.upstreamWire().release();
            storm.blow(10);
            world.a().database().stall();
            Storm.pause(7_000, 8_000);
            world.a().database().release();
            world.b().database().stall();
            Storm.pause(2_000, 3_000);
            world.b().database().release();
            storm.blow(10);
            world.mood(Mood.SLOW);
            storm.blow(10);
            // What B commits now it learns too late, and what it writes again then, A has brought to its end meanwhile.
            world.b().database().stallAnswers();
            Storm.pause(8_000, 9_000);
            world.b().database().release();
            storm.blow(10);
            storm.endsWell();
        }
    }

    @Test
    void theUpstreamRunsOutOfMoneyAgainAndAgain() {
        try (var storm = new Storm("quota", world)) {
            for (int i = 0; i < 4; i++) {
                world.mood(Mood.BROKE);
                storm.blow(12);
                world.mood(Mood.FAIR);
                storm.blow(12);
            }
            storm.endsWell(Check.NO_ANSWER_IS_FORGOTTEN, Check.FILMS_ARE_FETCHED_ONCE);
        }
    }

    @Test
    void jobsThatWaitAreSentOnceWhateverDies() {
        world.mood(Mood.BROKE_AND_SLOW);
        try (var storm = Storm.ofPatientApps("hold", world)) {
            storm.blow(MANY);
            int rounds = Math.max(1, KILLS / 10);
            for (int round = 1; round <= rounds; round++) {
                killWhileJobsWaitAndWhileTheyDrain(storm);
                cutOffWhileJobsWait(storm);
                if (round < rounds) {
                    world.b().start();
                    world.b().awaitReady();
                }
            }
            storm.calm();
            freezeInTheMiddleOfATry();
            storm.endsWell(Check.WHO_MAY_WAIT_IS_NOT_REFUSED);
        }
    }

    /** The second one stays dead. */
    private static void killWhileJobsWaitAndWhileTheyDrain(Storm storm) {
        assertThat(world.waiting("hold")).as("jobs that wait").isPositive();
        world.a().kill();
        world.a().start();
        world.a().awaitReady();
        world.mood(Mood.FAIR);
        storm.blow(5);
        world.b().kill();
    }

    private static void cutOffWhileJobsWait(Storm storm) {
        world.mood(Mood.BROKE_AND_SLOW);
        storm.blow(10);
        world.a().database().cut();
        storm.blow(10);
        // What is committed now is learnt too late, on the way to waiting and from it.
        world.a().database().stallAnswers();
        Storm.pause(1_000, 2_000);
        world.a().database().cut();
        world.a().database().release();
        storm.blow(10);
    }

    /** The other one goes on without the job that the frozen one had in hand, and what that learns when it wakes changes nothing. */
    private static void freezeInTheMiddleOfATry() {
        await("one is tried")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(world::isTrying);
        var frozen = world.a();
        frozen.freeze();
        try {
            world.b().start();
            world.b().awaitReady();
            world.mood(Mood.FAIR);
            await("the other one sends what waits")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> world.waiting("hold") == 0);
        } finally {
            frozen.thaw();
        }
    }

    @Test
    void aReplicaIsStoppedGracefullyUnderLoad() {
        world.mood(Mood.SLOW);
        try (var storm = new Storm("stop", world)) {
            storm.blow(30);
            world.a().terminate();
            storm.blow(10);
            storm.endsWell(Check.NO_ANSWER_IS_FORGOTTEN);
        }
    }

    @Test
    void whoAskedIsToldWhateverDies() {
        try (var inboxes = new Inboxes(world.replicas());
                var storm = new Storm("webhooks", world, inboxes)) {
            storm.blow(20);
            for (int kill = 0; kill < Math.max(1, KILLS / 5); kill++) {
                var victim = world.replicas().get(kill % 2);
                victim.kill();
                storm.blow(15);
                victim.start();
                victim.awaitReady();
                storm.blow(10);
            }
            world.postgres().kill();
            storm.blow(3);
            world.postgres().start();
            storm.blow(20);
            // All that was to be told to the dead one is under way now.
            inboxes.revive();
            Storm.pause(0, 1_000);
            world.a().kill();
            storm.blow(5);
            storm.endsWell(Check.WHO_ASKED_IS_TOLD);
        }
    }
}
