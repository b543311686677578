package io.reelgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.chaos.Evidence.Call;
import io.reelgate.chaos.Evidence.Ending;
import io.reelgate.chaos.Evidence.Film;
import io.reelgate.chaos.Evidence.Job;
import io.reelgate.chaos.Evidence.Sighting;
import io.reelgate.chaos.Evidence.StatusChange;
import io.reelgate.chaos.Evidence.TicketChange;
import io.reelgate.chaos.Evidence.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check passes on an honest run, and on a falsified one it fails and names the job. */
class CheckTests {

    private static final Instant NOON = Instant.parse("2026-07-31T12:00:00Z");
    private static final LedgerEntry FIRST = new LedgerEntry("storm:1", "up1", true, true);
    private static final Job SUCCEEDED =
            new Job("task_1", "storm:1", "succeeded", "up1", "http://127.0.0.1/films/up1.mp4", null);

    private final List<Attempt> attempts = new ArrayList<>(List.of(
            acknowledged("storm:1", "task_1"),
            acknowledged("storm:2", "task_2"),
            new Attempt("storm:3", 402, null, "insufficient_quota"),
            Attempt.broken("storm:4")));
    private final List<LedgerEntry> ledger = new ArrayList<>(List.of(
            FIRST,
            new LedgerEntry("storm:2", "up2", false, true),
            new LedgerEntry("storm:3", "", false, true),
            new LedgerEntry("storm:4", "up4", true, false)));
    private final List<Job> jobs = new ArrayList<>(List.of(
            SUCCEEDED,
            new Job("task_2", "storm:2", "failed", "up2", null, "the film tore"),
            new Job("task_3", "storm:3", "rejected", null, null, "balance too low"),
            new Job("task_4", "storm:4", "unconfirmed", null, null, "The gateway stopped")));
    private final List<StatusChange> changes = new ArrayList<>(List.of(
            new StatusChange("task_1", "submitting", "queued"), new StatusChange("task_1", "queued", "succeeded")));
    private final List<TicketChange> tickets = new ArrayList<>();
    private final List<Film> films = new ArrayList<>(List.of(new Film("task_1", "up1", "kept", null, 1, true)));
    private final List<Telling> tellings =
            new ArrayList<>(List.of(told("task_1", "msg_1", true), told("task_2", "msg_2", true)));
    private final List<Instant> deaths = new ArrayList<>();
    private final List<Turn> turns =
            new ArrayList<>(List.of(new Turn("task_1", 1_000, true), new Turn("task_2", 1_400, true)));
    private final List<Call> calls =
            new ArrayList<>(List.of(new Call("storm:1", 1_050, 1_200), new Call("storm:2", 1_450, 1_500)));
    private final List<String> kept = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>(List.of(new Ending("task_1", "succeeded")));
    private final List<Sighting> sightings =
            new ArrayList<>(List.of(new Sighting("task_1", "queued"), new Sighting("task_1", "completed")));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHO_MAY_WAIT_IS_NOT_REFUSED")
    void anHonestRunPasses(Check check) {
        assertThat(violations(check)).isEmpty();
    }

    @Test
    void anHonestRunOfJobsThatMayWaitPasses() {
        jobs.removeIf(job -> job.status().equals("rejected"));

        assertThat(violations(Check.WHO_MAY_WAIT_IS_NOT_REFUSED)).isEmpty();
    }

    @Test
    void aJobThatMightWaitAndWasRefusedIsFound() {
        assertFound(Check.WHO_MAY_WAIT_IS_NOT_REFUSED, "task_3");
    }

    @Test
    void aJobThatWaitedAndFailedUnsentIsFound() {
        jobs.removeIf(job -> job.status().equals("rejected"));
        change("task_2", job -> new Job(job.id(), job.prompt(), "failed", null, null, "balance too low"));

        assertFound(Check.WHO_MAY_WAIT_IS_NOT_REFUSED, "task_2");

        changes.add(new StatusChange("task_2", "submitting", "unconfirmed"));
        assertThat(violations(Check.WHO_MAY_WAIT_IS_NOT_REFUSED)).isEmpty();
    }

    @Test
    void aSecondTryInAClosedLaneIsFound() {
        calls.add(new Call("storm:2", 1_120, 1_300));
        turns.add(new Turn("task_2", 1_110, true));

        assertFound(Check.ONE_TRY_AT_A_TIME, "storm:");

        turns.removeIf(Turn::closed);
        assertThat(violations(Check.ONE_TRY_AT_A_TIME))
                .as("in an open lane several may go")
                .isEmpty();
    }

    @Test
    void aBodyThatIsKeptForNothingIsFound() {
        kept.add("task_4");

        assertFound(Check.BODIES_GO_WITH_THE_WAITING, "task_4");
    }

    @Test
    void anAcknowledgedJobThatIsNotOnRecordIsFound() {
        jobs.remove(SUCCEEDED);

        assertFound(Check.ACKNOWLEDGED_JOBS_ARE_ON_RECORD, "task_1");
    }

    @Test
    void anAcknowledgedJobThatALookUpDoesNotFindIsFound() {
        sightings.add(new Sighting("task_2", Sighting.MISSING));

        assertFound(Check.ACKNOWLEDGED_JOBS_ARE_ON_RECORD, "task_2");
    }

    @Test
    void aPromptPostedTwiceIsFound() {
        ledger.add(new LedgerEntry("storm:1", "up5", true, true));

        assertFound(Check.NO_PROMPT_IS_POSTED_TWICE, "storm:1");
    }

    @Test
    void aRepeatAfterARefusalIsNoSecondPurchase() {
        ledger.add(new LedgerEntry("storm:3", "up6", true, true));

        assertThat(violations(Check.NO_PROMPT_IS_POSTED_TWICE)).isEmpty();
    }

    @Test
    void aPaidTaskThatNoJobKnowsIsFound() {
        change("task_1", job -> new Job(job.id(), job.prompt(), "succeeded", "another", job.url(), null));

        assertFound(Check.PAID_TASKS_ARE_ON_RECORD, "up1");
    }

    @Test
    void anEndThatChangedIsFound() {
        changes.add(new StatusChange("task_1", "succeeded", "queued"));

        assertFound(Check.ENDS_ARE_FINAL, "task_1");
    }

    @Test
    void aTimelineWithTwoEndsIsFound() {
        endings.add(new Ending("task_1", "failed"));

        assertFound(Check.ENDS_ARE_FINAL, "task_1");
    }

    @Test
    void anEndThatAnAppSawChangeIsFound() {
        sightings.add(new Sighting("task_1", "in_progress"));

        assertFound(Check.ENDS_ARE_FINAL, "task_1");
    }

    @Test
    void aJobThatEndedOtherwiseThanItsTaskIsFound() {
        change(
                "task_2",
                job -> new Job(
                        job.id(),
                        job.prompt(),
                        "succeeded",
                        "up2",
                        "http://127.0.0.1" + LedgerEntry.path("up2"),
                        null));

        assertFound(Check.JOBS_END_AS_THE_LEDGER_SAYS, "task_2");
    }

    @Test
    void aJobWithAnotherJobsVideoIsFound() {
        change(
                "task_1",
                job -> new Job(
                        job.id(),
                        job.prompt(),
                        "succeeded",
                        "up1",
                        "http://127.0.0.1" + LedgerEntry.path("up2"),
                        null));

        assertFound(Check.JOBS_END_AS_THE_LEDGER_SAYS, "task_1");
    }

    @Test
    void aJobWithoutAnEndIsFound() {
        change("task_1", job -> new Job(job.id(), job.prompt(), "in_progress", "up1", null, null));

        assertFound(Check.JOBS_END_AS_THE_LEDGER_SAYS, "task_1");
    }

    @Test
    void anErrorForAJobThatWasBoughtIsFound() {
        attempts.set(0, new Attempt("storm:1", 500, null, "internal_error"));

        assertFound(Check.ERRORS_BOUGHT_NOTHING, "task_1");
    }

    @Test
    void progressThatWentBackIsFound() {
        tickets.add(new TicketChange("task_2", TicketChange.BACK));

        assertFound(Check.OBSERVATIONS_ONLY_MOVE_FORWARD, "task_2");
    }

    @Test
    void aTicketClaimedWhileLeasedIsFound() {
        tickets.add(new TicketChange("task_2", TicketChange.STOLEN));

        assertFound(Check.LEASES_ARE_EXCLUSIVE, "task_2");
    }

    @Test
    void anAnswerThatWasForgottenIsFound() {
        ledger.set(3, new LedgerEntry("storm:4", "up4", true, true));

        assertFound(Check.NO_ANSWER_IS_FORGOTTEN, "task_4");
    }

    @Test
    void aPaidFilmOfWhichNothingIsOnRecordIsFound() {
        films.clear();

        assertFound(Check.FILMS_STAY, "task_1");
    }

    @Test
    void aFilmThatWasNotKeptAndDoesNotSayWhyIsFound() {
        films.set(0, new Film("task_1", "up1", "missing", null, 0, false));

        assertFound(Check.FILMS_STAY, "task_1");
    }

    @Test
    void aFilmThatIsServedOtherwiseThanItWasMadeIsFound() {
        films.set(0, new Film("task_1", "up1", "kept", null, 1, false));

        assertFound(Check.FILMS_STAY, "task_1");
    }

    @Test
    void aFilmThatWasFetchedTwiceIsFound() {
        films.set(0, new Film("task_1", "up1", "kept", null, 2, true));

        assertFound(Check.FILMS_ARE_FETCHED_ONCE, "task_1");
    }

    @Test
    void anEndThatNobodyWasToldOfIsFound() {
        tellings.removeFirst();
        tellings.add(new Telling("task_1", "msg_1", "video.completed", false, NOON, null));

        assertFound(Check.WHO_ASKED_IS_TOLD, "task_1");
    }

    @Test
    void anEndThatIsToldAsAnotherIsFound() {
        tellings.set(0, new Telling("task_1", "msg_1", "video.failed", true, NOON, true));

        assertFound(Check.WHO_ASKED_IS_TOLD, "task_1");
    }

    @Test
    void anEventOfTwoIdsIsFound() {
        tellings.add(told("task_1", "msg_3", true));

        assertFound(Check.EVENTS_HAVE_ONE_ID, "task_1");
    }

    @Test
    void anEndThatIsToldEarlyIsFound() {
        tellings.set(0, told("task_1", "msg_1", false));

        assertFound(Check.NOBODY_IS_TOLD_EARLY, "task_1");
    }

    @Test
    void anEndThatIsToldTwiceIsFoundUnlessAReplicaDied() {
        tellings.add(told("task_1", "msg_1", true));
        deaths.add(NOON.minusSeconds(20));

        assertFound(Check.ONLY_A_DEATH_TELLS_TWICE, "task_1");

        deaths.add(NOON.plusSeconds(2));
        assertThat(violations(Check.ONLY_A_DEATH_TELLS_TWICE)).isEmpty();
    }

    private void assertFound(Check check, String named) {
        assertThat(violations(check))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains(named));
    }

    private List<String> violations(Check check) {
        return check.violations(new Evidence(
                attempts, ledger, jobs, changes, tickets, endings, sightings, films, tellings, deaths, turns, calls,
                kept));
    }

    private void change(String id, UnaryOperator<Job> change) {
        jobs.replaceAll(job -> job.id().equals(id) ? change.apply(job) : job);
    }

    private static Telling told(String job, String event, boolean known) {
        return new Telling(job, event, job.equals("task_1") ? "video.completed" : "video.failed", true, NOON, known);
    }

    private static Attempt acknowledged(String prompt, String id) {
        return new Attempt(prompt, 200, id, null);
    }
}
