package io.reelgate.delivery;

import io.netty.util.Timer;
import io.reelgate.job.query.JobView;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Holds answers until their jobs have ended, or their time is over. */
@Component
public class Waits implements SmartLifecycle {

    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("wait-over").start(task);

    private final JobWatch watch;
    private final WaitingPlaces places;
    private final Timer timeouts;
    private final Set<CompletableFuture<Optional<JobView>>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Waits(JobWatch watch, WaitingPlaces places, Timer timeouts) {
        this.watch = watch;
        this.places = places;
        this.timeouts = timeouts;
    }

    /**
     * Waits for the end of this job, which has none yet.
     *
     * @param address of whoever waits
     * @return empty if nobody more may wait; else what comes, on a thread of its own, and always: the job at its end, or nothing
     *     when the time is over or the gateway stops
     */
    public Optional<CompletionStage<Optional<JobView>>> begin(JobView job, Duration atMost, String address) {
        return running ? places.enter(address).map(place -> begin(job, atMost, place)) : Optional.empty();
    }

    private CompletionStage<Optional<JobView>> begin(JobView job, Duration atMost, WaitingPlaces.Place place) {
        var end = new CompletableFuture<Optional<JobView>>();
        var watched = watch.watch(job, now -> {
            if (now.status().ended()) {
                end.complete(Optional.of(now));
            }
        });
        var over = timeouts.newTimeout(_ -> over(end), atMost.toMillis(), TimeUnit.MILLISECONDS);
        waiting.add(end);
        var told = end.whenComplete((_, _) -> {
            over.cancel();
            watched.close();
            place.close();
            waiting.remove(end);
        });
        if (!running) {
            over(end);
        }
        return told;
    }

    private static void over(CompletableFuture<Optional<JobView>> end) {
        end.completeAsync(Optional::empty, VIRTUAL);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Answers all that wait: before the web server stops, which would wait for them. */
    @Override
    public void stop() {
        running = false;
        waiting.forEach(Waits::over);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
