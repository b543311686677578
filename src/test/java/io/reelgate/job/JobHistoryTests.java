package io.reelgate.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Look-ups that wait together get each its own job, or none. */
class JobHistoryTests {

    @Test
    void everybodyGetsTheJobThatWasAskedFor() {
        try (var context = new SpringApplicationBuilder(PollTicketsTests.DatabaseOnly.class)
                .web(WebApplicationType.NONE)
                .run()) {
            var jdbc = context.getBean(JdbcClient.class);
            var template = context.getBean(JdbcTemplate.class);
            var ledger = new JobLedger(
                    template, new Timeline(template, jdbc, JsonMapper.builder().build()));
            var history = new JobHistory(jdbc);
            var jobs = Stream.generate(JobHistoryTests::job).limit(8).toList();
            jobs.forEach(ledger::intend);
            jobs.forEach(job -> ledger.accept(job.id(), "up_" + job.id(), Instant.now(), Duration.ZERO, Duration.ZERO));
            var missing = JobId.next(Instant.now());
            var wanted = Stream.concat(
                            jobs.stream().flatMap(job -> Stream.of(job.id(), "up_" + job.id())), Stream.of(missing))
                    .toList();

            Map<String, Optional<JobView>> found = new ConcurrentHashMap<>();
            var callers = new ArrayList<Thread>();
            new TransactionTemplate(new JdbcTransactionManager(context.getBean(DataSource.class)))
                    .executeWithoutResult(_ -> {
                        jdbc.sql("lock table video_job in access exclusive mode")
                                .update();
                        wanted.forEach(id ->
                                callers.add(Thread.ofPlatform().start(() -> found.put(id, history.find(id)))));
                        await().until(() -> callers.stream()
                                        .filter(caller -> caller.getState() == Thread.State.WAITING)
                                        .count()
                                >= jobs.size() + 1);
                    });
            await().until(() -> found.size() == wanted.size());

            assertThat(found.remove(missing)).isEmpty();
            found.forEach((id, job) ->
                    assertThat(job).hasValueSatisfying(view -> assertThat(id).isIn(view.id(), view.upstreamTaskId())));
            history.destroy();
            ledger.destroy();
        }
    }

    private static NewJob job() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new NewJob(JobId.next(now), "shop", "fast", "kite", "{}", null, null, null, now);
    }
}
