package io.reelgate.tracking;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What an answer means if it is about the task that was asked for, and what if it is not: only the record knows where it
 * names a task by another id.
 *
 * @param decision if it is believed
 * @param otherIds the ids that the answer gives its task instead of the one asked for; mostly none
 * @param disbelieved if one of those is another job's
 */
record PollFinding(PollDecision decision, List<String> otherIds, PollDecision disbelieved) {

    /** One that nothing on record can make doubtful. */
    static PollFinding sure(PollDecision decision) {
        return new PollFinding(decision, List.of(), decision);
    }

    /** Whether these tasks of jobs on record leave no doubt. */
    boolean isBelieved(Set<String> owned) {
        return otherIds.isEmpty() || Collections.disjoint(otherIds, owned);
    }
}
