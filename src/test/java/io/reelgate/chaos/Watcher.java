package io.reelgate.chaos;

import io.reelgate.chaos.Evidence.Sighting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** An app that keeps looking up jobs it was given ids for, at any replica, and notes what it is told. */
final class Watcher implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(20);

    private final Load load;
    private final List<Replica> replicas;
    private final AppClient client = new AppClient();
    private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean running = true;

    Watcher(Load load, List<Replica> replicas) {
        this.load = load;
        this.replicas = replicas;
        this.thread = Thread.ofVirtual().start(this::work);
    }

    List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (running) {
                var ids = load.attempts().stream()
                        .filter(Attempt::acknowledged)
                        .map(Attempt::id)
                        .toList();
                if (!ids.isEmpty()) {
                    look(ids.get(ThreadLocalRandom.current().nextInt(Math.max(0, ids.size() - 50), ids.size())));
                }
                Thread.sleep(PACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String id) {
        try {
            var replica = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
            // Now and then it would rather wait, for an end that mostly the other replica puts on record.
            var answer = ThreadLocalRandom.current().nextInt(8) == 0
                    ? client.waitFor(replica.port(), id)
                    : client.job(replica.port(), id);
            if (answer.status() == 404) {
                sightings.add(new Sighting(id, Sighting.MISSING));
            } else if (answer.status() == 200) {
                sightings.add(new Sighting(id, String.valueOf(answer.text("/status"))));
            }
        } catch (IOException e) {
            // The replica is down or the database away; that is the point.
        }
    }
}
