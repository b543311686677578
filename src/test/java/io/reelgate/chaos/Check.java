package io.reelgate.chaos;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.reelgate.chaos.Evidence.Call;
import io.reelgate.chaos.Evidence.Ending;
import io.reelgate.chaos.Evidence.Film;
import io.reelgate.chaos.Evidence.Job;
import io.reelgate.chaos.Evidence.Sighting;
import io.reelgate.chaos.Evidence.StatusChange;
import io.reelgate.chaos.Evidence.TicketChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What must hold when the storm is over; each says of which jobs it does not. */
enum Check {
    ACKNOWLEDGED_JOBS_ARE_ON_RECORD(Check::acknowledgedButMissing),
    NO_PROMPT_IS_POSTED_TWICE(Check::postedTwice),
    PAID_TASKS_ARE_ON_RECORD(Check::paidButUnknown),
    ENDS_ARE_FINAL(Check::endedAndChanged),
    JOBS_END_AS_THE_LEDGER_SAYS(Check::endedOtherwise),
    ERRORS_BOUGHT_NOTHING(Check::errorButBought),
    OBSERVATIONS_ONLY_MOVE_FORWARD(Check::movedBack),
    LEASES_ARE_EXCLUSIVE(Check::claimedTwice),

    FILMS_STAY(Check::filmsThatDidNotStay),

    EVENTS_HAVE_ONE_ID(Check::toldUnderTwoIds),
    NOBODY_IS_TOLD_EARLY(Check::toldBeforeTheApiKnew),
    ONLY_A_DEATH_TELLS_TWICE(Check::toldTwiceWithoutADeath),

    /** While a lane is closed one job at a time is tried, of all replicas. */
    ONE_TRY_AT_A_TIME(Check::triedBesideAnother),
    BODIES_GO_WITH_THE_WAITING(Check::keptForNothing),

    /** Only where all jobs may wait. */
    WHO_MAY_WAIT_IS_NOT_REFUSED(Check::refusedThoughPatient),

    /** Only where all apps ask to be told. */
    WHO_ASKED_IS_TOLD(Check::endedAndNotTold),

    /** Only where no replica died or stood still while it took the last bytes of a film. */
    FILMS_ARE_FETCHED_ONCE(Check::filmsFetchedTwice),

    /** Only where no replica died and nothing came between the gateway and the upstream. */
    NO_ANSWER_IS_FORGOTTEN(Check::answeredButForgotten);

    private final Function<Evidence, Stream<String>> search;

    Check(Function<Evidence, Stream<String>> search) {
        this.search = search;
    }

    /** A sentence for each violation, naming the job, the prompt or the task. */
    List<String> violations(Evidence evidence) {
        return search.apply(evidence)
                .map(violation -> name() + ": " + violation)
                .toList();
    }

    private static Stream<String> acknowledgedButMissing(Evidence evidence) {
        var prompts = evidence.jobs().stream().collect(toMap(Job::id, Job::prompt));
        var missing = evidence.attempts().stream()
                .filter(Attempt::acknowledged)
                .filter(attempt -> !attempt.prompt().equals(prompts.get(String.valueOf(attempt.id()))))
                .map(attempt -> "job %s (%s) was acknowledged with %d and is not on record"
                        .formatted(attempt.id(), attempt.prompt(), attempt.status()));
        var unseen = evidence.sightings().stream()
                .filter(sighting -> sighting.status().equals(Sighting.MISSING))
                .map(sighting -> "job %s was acknowledged, and a look-up found nothing".formatted(sighting.jobId()));
        return Stream.concat(missing, unseen);
    }

    private static Stream<String> postedTwice(Evidence evidence) {
        return evidence.ledgerByPrompt().entrySet().stream()
                // A repeat with the same key is good if all before it were refused.
                .filter(entry -> entry.getValue().stream()
                        .limit(entry.getValue().size() - 1L)
                        .anyMatch(LedgerEntry::bought))
                .map(entry -> "%s was posted %d times, after it had been bought: %s"
                        .formatted(entry.getKey(), entry.getValue().size(), entry.getValue()));
    }

    private static Stream<String> paidButUnknown(Evidence evidence) {
        var jobs = evidence.jobsByPrompt();
        return evidence.ledger().stream()
                .filter(LedgerEntry::bought)
                .filter(entry -> jobs.getOrDefault(entry.prompt(), List.of()).stream()
                        .noneMatch(job -> entry.taskId().equals(job.upstreamTaskId()) || job.unconfirmed()))
                .map(entry -> "task %s was paid for and is neither on record nor unconfirmed: %s"
                        .formatted(entry.taskId(), jobs.get(entry.prompt())));
    }

    private static Stream<String> endedAndChanged(Evidence evidence) {
        var changed = evidence.changes().stream()
                .filter(change -> Evidence.ENDED.contains(change.before()))
                .map(change ->
                        "job %s was %s and became %s".formatted(change.jobId(), change.before(), change.after()));
        var twice = evidence.endings().stream().collect(groupingBy(Ending::jobId)).entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry ->
                        "job %s ended more than once in its timeline: %s".formatted(entry.getKey(), entry.getValue()));
        return Stream.of(changed, twice, seenToChange(evidence)).flatMap(Function.identity());
    }

    private static Stream<String> seenToChange(Evidence evidence) {
        var ends = new HashMap<String, String>();
        var violations = new ArrayList<String>();
        for (var sighting : evidence.sightings()) {
            var end = ends.get(sighting.jobId());
            if (end != null && !end.equals(sighting.status())) {
                violations.add("job %s was seen %s and then %s".formatted(sighting.jobId(), end, sighting.status()));
            }
            if (sighting.last()) {
                ends.put(sighting.jobId(), sighting.status());
            }
        }
        return violations.stream();
    }

    private static Stream<String> endedOtherwise(Evidence evidence) {
        var tasks = evidence.ledger().stream()
                .filter(LedgerEntry::bought)
                .collect(toMap(LedgerEntry::taskId, Function.identity()));
        var posted = evidence.ledgerByPrompt();
        return evidence.jobs().stream()
                .filter(job -> {
                    var task = job.upstreamTaskId() == null ? null : tasks.get(job.upstreamTaskId());
                    return switch (job.status()) {
                        case "succeeded" ->
                            task == null
                                    || !task.succeeds()
                                    || job.url() == null
                                    || !job.url().endsWith(LedgerEntry.path(task.taskId()));
                        case "failed" -> task != null && task.succeeds();
                        case "rejected" ->
                            posted.getOrDefault(job.prompt(), List.of()).stream()
                                    .allMatch(LedgerEntry::bought);
                        case "unavailable" -> task != null;
                        case "unconfirmed" -> false;
                        default -> true;
                    };
                })
                .map(job -> "%s, of which the ledger says: %s".formatted(job, posted.get(job.prompt())));
    }

    private static Stream<String> errorButBought(Evidence evidence) {
        var ledger = evidence.ledgerByPrompt();
        return evidence.attemptsByPrompt().entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(Attempt::refused))
                .filter(entry ->
                        ledger.getOrDefault(entry.getKey(), List.of()).stream().anyMatch(LedgerEntry::bought))
                .map(entry -> "the app got errors, and it was bought: %s, %s, job %s"
                        .formatted(
                                entry.getValue(),
                                ledger.get(entry.getKey()),
                                evidence.jobsByPrompt().get(entry.getKey())));
    }

    private static Stream<String> movedBack(Evidence evidence) {
        return named(evidence, TicketChange.BACK);
    }

    private static Stream<String> claimedTwice(Evidence evidence) {
        return named(evidence, TicketChange.STOLEN);
    }

    private static Stream<String> filmsThatDidNotStay(Evidence evidence) {
        var films = evidence.films().stream().collect(toMap(Film::jobId, Function.identity()));
        return evidence.jobs().stream()
                .filter(job -> job.status().equals("succeeded"))
                .filter(job -> {
                    var film = films.get(job.id());
                    return film == null || !film.stayed();
                })
                .map(job -> "the film of job %s did not stay: %s".formatted(job.id(), films.get(job.id())));
    }

    private static Stream<String> filmsFetchedTwice(Evidence evidence) {
        return evidence.films().stream()
                .filter(film -> film.fetched() > 1)
                .map(film -> "the film of job %s was fetched %d times".formatted(film.jobId(), film.fetched()));
    }

    private static Stream<String> endedAndNotTold(Evidence evidence) {
        var told = evidence.tellings().stream()
                .filter(Telling::taken)
                .map(telling -> telling.jobId() + " " + telling.type())
                .collect(toSet());
        return evidence.jobs().stream()
                // Others were refused in their own POST, or nobody knows what became of them.
                .filter(job -> Set.of("succeeded", "failed", "expired").contains(job.status()))
                .filter(job -> !told.contains(
                        job.id() + (job.status().equals("succeeded") ? " video.completed" : " video.failed")))
                .map(job -> "job %s has %s, and nobody was told".formatted(job.id(), job.status()));
    }

    private static Stream<String> toldUnderTwoIds(Evidence evidence) {
        return evidence.tellings().stream()
                .collect(groupingBy(Telling::jobId, mapping(Telling::eventId, toSet())))
                .entrySet()
                .stream()
                .filter(job -> job.getValue().size() > 1)
                .map(job -> "the end of job %s was told as %s".formatted(job.getKey(), job.getValue()));
    }

    private static Stream<String> toldBeforeTheApiKnew(Evidence evidence) {
        return evidence.tellings().stream()
                .filter(telling -> Boolean.FALSE.equals(telling.known()))
                .map(telling -> "the end of job %s was told before a look-up knew it".formatted(telling.jobId()));
    }

    private static Stream<String> toldTwiceWithoutADeath(Evidence evidence) {
        return evidence.tellings().stream()
                .filter(Telling::taken)
                .collect(groupingBy(Telling::eventId))
                .values()
                .stream()
                .map(taken -> taken.stream().sorted(comparing(Telling::at)).toList())
                .filter(taken -> IntStream.range(1, taken.size())
                        .anyMatch(next -> !diedAfter(taken.get(next - 1), evidence.deaths())))
                .map(taken -> "the end of job %s was told %d times, and no replica died"
                        .formatted(taken.getFirst().jobId(), taken.size()));
    }

    /** Between a receiver's answer and the writing down, which is repeated for ten seconds. */
    private static boolean diedAfter(Telling telling, List<Instant> deaths) {
        return deaths.stream()
                .anyMatch(death -> death.isAfter(telling.at().minusSeconds(1))
                        && death.isBefore(telling.at().plusSeconds(15)));
    }

    private static Stream<String> triedBesideAnother(Evidence evidence) {
        var prompts = evidence.jobs().stream().collect(toMap(Job::id, Job::prompt));
        var tries = new LinkedHashSet<Call>();
        var all = new LinkedHashSet<Call>();
        for (var turn : evidence.turns()) {
            // Of a replica that died, or froze, before its call there is none.
            evidence.calls().stream()
                    .filter(call -> call.prompt().equals(prompts.get(turn.jobId())) && call.began() >= turn.at())
                    .min(comparing(Call::began))
                    .ifPresent(call -> {
                        all.add(call);
                        if (turn.closed()) {
                            tries.add(call);
                        }
                    });
        }
        return tries.stream()
                .filter(one -> all.stream().anyMatch(other -> other != one && other.overlaps(one)))
                .map(one -> "%s was tried in a closed lane while another was: %s".formatted(one.prompt(), one));
    }

    private static Stream<String> keptForNothing(Evidence evidence) {
        return evidence.kept().stream()
                .map(evidence::job)
                .flatMap(Optional::stream)
                .filter(job -> !Set.of("held", "submitting").contains(job.status()))
                .map(job -> "job %s is %s, and its body is still kept".formatted(job.id(), job.status()));
    }

    private static Stream<String> refusedThoughPatient(Evidence evidence) {
        var gaveUp = evidence.changes().stream()
                .filter(change -> change.after().equals("unconfirmed"))
                .map(StatusChange::jobId)
                .collect(toSet());
        return evidence.jobs().stream()
                // Sent it is, or nobody knows; what was given up may have been refused, as its answer says too late.
                .filter(job -> !Set.of("succeeded", "failed", "unconfirmed").contains(job.status())
                        || job.status().equals("failed") && job.upstreamTaskId() == null && !gaveUp.contains(job.id()))
                .map(job -> "job %s might wait, and is %s: %s".formatted(job.id(), job.status(), job.errorMessage()));
    }

    private static Stream<String> named(Evidence evidence, String what) {
        return evidence.tickets().stream()
                .filter(change -> change.what().equals(what))
                .map(change -> "the ticket of job %s %s".formatted(change.jobId(), what))
                .distinct();
    }

    private static Stream<String> answeredButForgotten(Evidence evidence) {
        var known =
                new HashSet<>(evidence.jobs().stream().map(Job::upstreamTaskId).toList());
        var jobs = evidence.jobsByPrompt();
        return evidence.ledger().stream()
                .filter(entry -> entry.bought() && entry.answered() && !known.contains(entry.taskId()))
                // On a machine that stood still for seconds the answer did come too late.
                .filter(entry ->
                        jobs.getOrDefault(entry.prompt(), List.of()).stream().noneMatch(Job::timedOut))
                .map(entry -> "task %s was answered and is not on record; its job: %s"
                        .formatted(entry.taskId(), jobs.get(entry.prompt())));
    }
}
