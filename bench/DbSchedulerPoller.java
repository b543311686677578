import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The same polls driven by db-scheduler, one task of it for each job: ask, record the end, come again in 5 to 8 s. It has
 * the gateway's HTTP client, pool of database connections and concurrency; only what drives it differs. Its tasks have to
 * block, so each is on a virtual thread, which the gateway's polls do without.
 *
 * <p>{@code java -cp <libraries> DbSchedulerPoller.java <jdbc url> <upstream> <concurrency>}
 */
class DbSchedulerPoller {

    public static void main(String[] args) {
        var config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setUsername("bench");
        config.setMaximumPoolSize(20);
        var database = new HikariDataSource(config);
        int concurrency = Integer.parseInt(args[2]);
        var http = WebClient.builder()
                .baseUrl(args[1])
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.builder("polls")
                        .maxConnections(concurrency)
                        .lifo()
                        .build())
                        .runOn(LoopResources.create("polls", 2, true))))
                .build();
        var poll = Tasks.custom("poll", Void.class).execute((task, context) -> {
            var answer = http.get()
                    .uri("/v1/video/generations/{id}", task.getId())
                    .retrieve()
                    .bodyToMono(String.class)
                    .block();
            if (answer != null && answer.contains("\"SUCCESS\"")) {
                finish(database, task.getId());
                return (_, operations) -> operations.remove();
            }
            return (complete, operations) -> operations.reschedule(
                    complete, Instant.now().plusMillis(ThreadLocalRandom.current().nextLong(5000, 8001)));
        });
        Scheduler.create(database, poll)
                .threads(concurrency)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(200))
                .build()
                .start();
        System.out.println("ready");
    }

    static void finish(HikariDataSource database, String task) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update video_job set status = 'succeeded', finished_at = ?, progress = 100 where upstream_task_id = ?")) {
            update.setObject(1, Instant.now().atOffset(java.time.ZoneOffset.UTC));
            update.setString(2, task);
            update.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
