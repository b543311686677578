package io.reelgate.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Apps that post unique prompts to any replica, each once: whatever comes back, it is not sent again, unless it carries an
 * {@code Idempotency-Key} and its fate is open. Some apps go away before the answer.
 */
final class Load implements AutoCloseable {

    private static final int WITH_KEY = 40; // percent
    private static final int IMPATIENT = 8; // percent
    private static final int MOST_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String scenario;
    private final List<Replica> replicas;
    private final @Nullable Inboxes inboxes;
    private final boolean patient;
    private final AppClient client = new AppClient();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean running = true;

    private Load(String scenario, List<Replica> replicas, @Nullable Inboxes inboxes, boolean patient) {
        this.scenario = scenario;
        this.replicas = replicas;
        this.inboxes = inboxes;
        this.patient = patient;
    }

    /**
     * Begins with this many apps; every prompt begins with the scenario's name and a colon.
     *
     * @param inboxes where the apps are told of their jobs' ends; {@code null} if they do not ask to be
     * @param patient whether their jobs may wait; then each comes under a name of its own
     */
    static Load begin(String scenario, List<Replica> replicas, int apps, @Nullable Inboxes inboxes, boolean patient) {
        var load = new Load(scenario, replicas, inboxes, patient);
        for (int i = 0; i < apps; i++) {
            var app = patient ? "patient-" + i : "chaos";
            load.workers.add(Thread.ofVirtual().start(() -> load.work(app)));
        }
        return load;
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** How many POSTs were answered so far, whatever the answer. */
    long answers() {
        return attempts.stream().filter(attempt -> attempt.status() != 0).count();
    }

    /** Ends when every app has its answer or has given up. */
    @Override
    public void close() {
        running = false;
        for (var worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work(String app) {
        while (running) {
            wish(app);
            // What waits stays under way for long, and each start of a replica is a time to post in.
            pause(20, patient ? 500 : 200);
        }
    }

    private void wish(String app) {
        var prompt = scenario + ":" + UUID.randomUUID();
        var key = percent(WITH_KEY) ? UUID.randomUUID().toString() : null;
        var inbox = inboxes == null ? null : inboxes.any();
        var attempt = send(app, prompt, key, inbox);
        for (int tries = 1; key != null && attempt.undecided() && tries < MOST_TRIES; tries++) {
            pause(100, 1_000);
            attempt = send(app, prompt, key, inbox);
        }
    }

    private Attempt send(String app, String prompt, @Nullable String key, @Nullable String inbox) {
        var attempt = Attempt.broken(prompt);
        try {
            var port = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()))
                    .port();
            var answer = client.submit(port, app, prompt, key, inbox, patient, patience());
            attempt = new Attempt(prompt, answer.status(), answer.text("/id"), answer.text("/error/code"));
        } catch (IOException e) {
            // Refused, reset, or given up: the app knows nothing.
        }
        attempts.add(attempt);
        return attempt;
    }

    private static Duration patience() {
        return percent(IMPATIENT)
                ? Duration.ofMillis(ThreadLocalRandom.current().nextInt(10, 200))
                : PATIENCE;
    }

    private static boolean percent(int share) {
        return ThreadLocalRandom.current().nextInt(100) < share;
    }

    /** The pace of the load, not a wait for something to happen. */
    private static void pause(int least, int most) {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(least, most)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
