package io.reelgate.chaos;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at the end of a scenario: what the apps were told, what the upstream has in its ledger, and what the
 * record says and said.
 *
 * @param changes every change of a job's status that was ever committed, noted by a trigger, in order
 * @param tickets every change of a poll ticket that should not happen, noted by a trigger
 * @param endings the timeline's events that end a job
 * @param sightings what a watching app was told, in order
 * @param films what became of the films of jobs that ended well
 * @param tellings what receivers of webhooks were told
 * @param deaths when replicas were killed
 * @param turns each time a job that waited was claimed to be sent, noted by a trigger, in order
 * @param calls when the upstream had which submission, from its coming to its answer
 * @param kept the jobs whose bodies are kept
 */
record Evidence(
        List<Attempt> attempts,
        List<LedgerEntry> ledger,
        List<Job> jobs,
        List<StatusChange> changes,
        List<TicketChange> tickets,
        List<Ending> endings,
        List<Sighting> sightings,
        List<Film> films,
        List<Telling> tellings,
        List<Instant> deaths,
        List<Turn> turns,
        List<Call> calls,
        List<String> kept) {

    static final Set<String> ENDED = Set.of("succeeded", "failed", "expired", "rejected", "unavailable");

    /** A job's row. */
    record Job(
            String id,
            String prompt,
            String status,
            @Nullable String upstreamTaskId,
            @Nullable String url,
            @Nullable String errorMessage) {

        boolean unconfirmed() {
            return status.equals("unconfirmed");
        }

        boolean timedOut() {
            return unconfirmed() && "no answer from the upstream in time".equals(errorMessage);
        }
    }

    /** A committed change of a job's status. */
    record StatusChange(String jobId, String before, String after) {}

    /** A ticket whose progress went back, or that was claimed while another claim was good. */
    record TicketChange(String jobId, String what) {

        static final String BACK = "went back";
        static final String STOLEN = "was claimed while leased";
    }

    /**
     * A job that waited was claimed to be sent.
     *
     * @param at in milliseconds since 1970
     * @param closed whether its lane was closed at that moment
     */
    record Turn(String jobId, long at, boolean closed) {}

    /** A submission at the upstream, from when to when, in milliseconds since 1970; the clock is the same. */
    record Call(String prompt, long began, long ended) {

        boolean overlaps(Call other) {
            return began < other.ended && other.began < ended;
        }
    }

    /** An event that ends a job. */
    record Ending(String jobId, String kind) {}

    /** What an app saw. */
    record Sighting(String jobId, String status) {

        static final String MISSING = "missing";

        boolean last() {
            return status.equals("completed") || status.equals("failed");
        }
    }

    /**
     * What became of a film.
     *
     * @param state of its keeping
     * @param error why it is not kept
     * @param fetched how often its host sent it to its end
     * @param same whether the gateway, asked for it, gave every byte of it as it was made
     */
    record Film(
            String jobId,
            @Nullable String taskId,
            String state,
            @Nullable String error,
            int fetched,
            boolean same) {

        /** It is kept and served, or says why not. */
        boolean stayed() {
            return switch (state) {
                case "kept" -> same;
                case "missing" -> error != null;
                default -> false;
            };
        }
    }

    Optional<Job> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    Map<String, List<Job>> jobsByPrompt() {
        return jobs.stream().collect(groupingBy(Job::prompt));
    }

    Map<String, List<LedgerEntry>> ledgerByPrompt() {
        return ledger.stream().collect(groupingBy(LedgerEntry::prompt));
    }

    Map<String, List<Attempt>> attemptsByPrompt() {
        return attempts.stream().collect(groupingBy(Attempt::prompt));
    }
}
