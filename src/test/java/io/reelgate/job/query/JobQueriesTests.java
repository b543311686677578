package io.reelgate.job.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.job.JobId;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Look-ups that wait together get each its own job, or none. */
class JobQueriesTests {

    @Test
    void everybodyGetsTheJobThatWasAskedFor() {
        try (var database = new OwnDatabase()) {
            var ledger = database.store;
            var jobs = Stream.generate(OwnDatabase::job).limit(8).toList();
            jobs.forEach(ledger::intend);
            jobs.forEach(job -> database.accept(job, "up_" + job.id(), Duration.ZERO, null));
            var missing = JobId.next(Instant.now());
            var wanted = Stream.concat(
                            jobs.stream().flatMap(job -> Stream.of(job.id(), "up_" + job.id())), Stream.of(missing))
                    .toList();

            Map<String, Optional<JobView>> found = new ConcurrentHashMap<>();
            var callers = new ArrayList<Thread>();
            database.transaction.executeWithoutResult(_ -> {
                database.jdbc
                        .sql("lock table video_job in access exclusive mode")
                        .update();
                wanted.forEach(id ->
                        callers.add(Thread.ofPlatform().start(() -> found.put(id, database.queries.find(id)))));
                await().until(() -> callers.stream()
                                .filter(caller -> caller.getState() == Thread.State.WAITING)
                                .count()
                        >= jobs.size() + 1);
            });
            await().until(() -> found.size() == wanted.size());

            assertThat(found.remove(missing)).isEmpty();
            found.forEach((id, job) ->
                    assertThat(job).hasValueSatisfying(view -> assertThat(id).isIn(view.id(), view.upstreamTaskId())));
        }
    }
}
