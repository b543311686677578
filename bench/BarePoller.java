import java.sql.DriverManager;
import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The calls alone: the same polls over the gateway's HTTP client, kept in memory and written down nowhere. What polls this
 * way cannot cost less, whoever drives them.
 *
 * <p>{@code java -cp <libraries> BarePoller.java <jdbc url> <upstream> <concurrency>}; the database tells the tasks, once.
 */
class BarePoller {

    record Due(long at, String task) {}

    public static void main(String[] args) throws Exception {
        var concurrency = Integer.parseInt(args[2]);
        var due = new PriorityBlockingQueue<>(11, Comparator.comparingLong(Due::at));
        try (var db = DriverManager.getConnection(args[0], "bench", "");
                var tasks = db.createStatement().executeQuery("select upstream_task_id from video_job")) {
            while (tasks.next()) {
                due.add(new Due(soon(0), tasks.getString(1)));
            }
        }
        var http = WebClient.builder()
                .baseUrl(args[1])
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.builder("polls")
                        .maxConnections(concurrency)
                        .lifo()
                        .build())
                        .runOn(LoopResources.create("polls", 2, true))))
                .build();
        var permits = new Semaphore(concurrency);
        while (true) {
            Thread.sleep(200);
            while (!due.isEmpty() && due.peek().at() <= System.nanoTime() && permits.tryAcquire()) {
                var task = due.take().task();
                http.get()
                        .uri("/v1/video/generations/{id}", task)
                        .retrieve()
                        .bodyToMono(String.class)
                        .doFinally(_ -> permits.release())
                        .onErrorReturn("")
                        .subscribe(answer -> {
                            if (!answer.contains("\"SUCCESS\"")) {
                                due.add(new Due(soon(5000), task));
                            }
                        });
            }
        }
    }

    /** {@code least} milliseconds from now, and up to 3 s more. */
    static long soon(long least) {
        return System.nanoTime() + ThreadLocalRandom.current().nextLong(least, least + 3001) * 1_000_000;
    }
}
