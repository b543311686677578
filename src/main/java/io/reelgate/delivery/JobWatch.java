package io.reelgate.delivery;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The jobs that somebody waits for: one look at all of them each half second, none when nobody waits, and at once what this
 * replica itself put on record. While nothing changes, a watch costs no thread and no connection.
 */
@Component
public class JobWatch implements DisposableBean {

    private final JobQueries jobs;
    private final ConcurrentHashMap<String, Set<Watch>> watched = new ConcurrentHashMap<>();
    private final ExecutorService tellers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("watch-", 0).factory());

    JobWatch(JobQueries jobs) {
        this.jobs = jobs;
    }

    /** Somebody who wants to know of each change of one job's status, until it is closed. */
    public final class Watch implements AutoCloseable {

        private final String jobId;
        private final AtomicReference<JobStatus> seen;
        private final Consumer<JobView> listener;

        private Watch(JobView job, Consumer<JobView> listener) {
            this.jobId = job.id();
            this.seen = new AtomicReference<>(job.status());
            this.listener = listener;
        }

        private boolean isNew(JobStatus status) {
            return seen.get() != status;
        }

        /** Each change once, whoever sees it first. */
        private void tell(JobView job) {
            if (seen.getAndSet(job.status()) != job.status()) {
                tellers.execute(() -> listener.accept(job));
            }
        }

        @Override
        public void close() {
            watched.computeIfPresent(jobId, (_, watches) -> {
                watches.remove(this);
                return watches.isEmpty() ? null : watches;
            });
        }
    }

    /** From now on the listener is told, on a thread of its own, when the job is not any more as it was seen here. */
    public Watch watch(JobView seen, Consumer<JobView> listener) {
        var watch = new Watch(seen, listener);
        watched.compute(seen.id(), (_, watches) -> {
            var all = watches == null ? ConcurrentHashMap.<Watch>newKeySet() : watches;
            all.add(watch);
            return all;
        });
        return watch;
    }

    /** Whether anybody waits for anything. */
    boolean isIdle() {
        return watched.isEmpty();
    }

    /** These jobs have changed; whoever waits for them is told. */
    void changed(Collection<String> jobIds) {
        var wanted = jobIds.stream().filter(watched::containsKey).toList();
        if (!wanted.isEmpty()) {
            tellers.execute(() -> tell(wanted));
        }
    }

    @Scheduled(fixedDelayString = "500ms", initialDelayString = "500ms")
    void look() {
        var ids = List.copyOf(watched.keySet());
        if (ids.isEmpty()) {
            return;
        }
        var statuses = jobs.statuses(ids);
        tell(ids.stream().filter(id -> hasChanged(id, statuses.get(id))).toList());
    }

    private boolean hasChanged(String jobId, @Nullable JobStatus status) {
        return status != null && watched.getOrDefault(jobId, Set.of()).stream().anyMatch(watch -> watch.isNew(status));
    }

    private void tell(List<String> jobIds) {
        if (!jobIds.isEmpty()) {
            jobs.findAll(jobIds)
                    .forEach(job -> watched.getOrDefault(job.id(), Set.of()).forEach(watch -> watch.tell(job)));
        }
    }

    @Override
    public void destroy() {
        tellers.shutdown();
    }
}
