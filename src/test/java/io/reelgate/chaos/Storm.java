package io.reelgate.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One scenario: load and a watching app while things break, and the checks when it is over. */
final class Storm implements AutoCloseable {

    private static final int APPS = 6;
    private static final int PATIENT_APPS = 3;
    private static final Duration LONGEST_LULL = Duration.ofSeconds(60);

    private final String scenario;
    private final World world;
    private final Load load;
    private final Watcher watcher;
    private final @Nullable Inboxes inboxes;
    private final Instant began = Instant.now();

    Storm(String scenario, World world) {
        this(scenario, world, null, false);
    }

    /** One whose apps let their jobs wait when they cannot be sent. */
    static Storm ofPatientApps(String scenario, World world) {
        return new Storm(scenario, world, null, true);
    }

    /** One whose apps ask to be told of their jobs' ends in these inboxes. */
    Storm(String scenario, World world, Inboxes inboxes) {
        this(scenario, world, inboxes, false);
    }

    private Storm(String scenario, World world, @Nullable Inboxes inboxes, boolean patient) {
        this.scenario = scenario;
        this.world = world;
        this.load = Load.begin(scenario, world.replicas(), patient ? PATIENT_APPS : APPS, inboxes, patient);
        this.inboxes = inboxes;
        this.watcher = new Watcher(load, world.replicas());
    }

    /**
     * Lets the storm go on until the apps have this many more answers, and then for a moment more, so that whatever is
     * broken next breaks at random; on a slow machine it takes longer, not less.
     */
    void blow(int answers) {
        var enough = load.answers() + answers;
        await("apps get answers").atMost(LONGEST_LULL).until(() -> load.answers() >= enough);
        pause(0, 300);
    }

    /** Lets the storm go on for about this long, whether anybody is answered or not. */
    static void pause(int least, int most) {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(least, most)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the apps get their last answers, waits until every job has ended, and holds the ledger against the record. */
    void endsWell(Check... more) {
        calm();
        world.settle(scenario);
        holds(more);
    }

    /** No new jobs from now on. */
    void calm() {
        load.close();
    }

    private void holds(Check... more) {
        watcher.close();
        var evidence = world.evidence(scenario, load, watcher, inboxes == null ? List.of() : inboxes.tellings());
        record(evidence);
        var checks = EnumSet.complementOf(EnumSet.of(
                Check.NO_ANSWER_IS_FORGOTTEN,
                Check.FILMS_ARE_FETCHED_ONCE,
                Check.WHO_ASKED_IS_TOLD,
                Check.WHO_MAY_WAIT_IS_NOT_REFUSED));
        checks.addAll(Set.of(more));
        assertThat(checks.stream().flatMap(check -> check.violations(evidence).stream()))
                .as("ledger against record, scenario " + scenario)
                .isEmpty();
        assertThat(evidence.jobs())
                .as("a storm in which no video is made proves nothing")
                .anyMatch(job -> job.status().equals("succeeded"));
        assertThat(evidence.films())
                .as("a storm after which no film is there proves nothing")
                .anyMatch(film -> film.state().equals("kept"));
    }

    /** Adds a line of figures to {@code target/processes/figures.txt}. */
    private void record(Evidence evidence) {
        var attempts = evidence.attempts();
        var line =
                "%s: %d s, %d POSTs by apps (%d acknowledged, %d refused, %d without an answer or undecided), %d POSTs upstream (%d bought), %d jobs %s, %d look-ups, films %s, %d of them sent twice, %s, %d turns of jobs that waited (%d in a closed lane)%n"
                        .formatted(
                                scenario,
                                Duration.between(began, Instant.now()).toSeconds(),
                                attempts.size(),
                                attempts.stream().filter(Attempt::acknowledged).count(),
                                attempts.stream().filter(Attempt::refused).count(),
                                attempts.stream().filter(Attempt::undecided).count(),
                                evidence.ledger().size(),
                                evidence.ledger().stream()
                                        .filter(LedgerEntry::bought)
                                        .count(),
                                evidence.jobs().size(),
                                evidence.jobs().stream()
                                        .collect(groupingBy(Evidence.Job::status, TreeMap::new, counting())),
                                evidence.sightings().size(),
                                evidence.films().stream()
                                        .collect(groupingBy(Evidence.Film::state, TreeMap::new, counting())),
                                evidence.films().stream()
                                        .filter(film -> film.fetched() > 1)
                                        .count(),
                                told(evidence),
                                evidence.turns().size(),
                                evidence.turns().stream()
                                        .filter(Evidence.Turn::closed)
                                        .count());
        try {
            Files.writeString(
                    Child.LOGS.resolve("figures.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(Evidence evidence) {
        var events = evidence.tellings().stream()
                .collect(groupingBy(Telling::eventId, groupingBy(Telling::taken, counting())));
        return "%d webhooks in %d tries, %d of them taken twice, the API asked %d times"
                .formatted(
                        events.size(),
                        evidence.tellings().size(),
                        events.values().stream()
                                .filter(taken -> taken.getOrDefault(true, 0L) > 1)
                                .count(),
                        evidence.tellings().stream()
                                .filter(telling -> telling.known() != null)
                                .count());
    }

    @Override
    public void close() {
        load.close();
        watcher.close();
    }
}
