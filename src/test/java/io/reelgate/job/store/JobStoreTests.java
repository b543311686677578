package io.reelgate.job.store;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reelgate.job.NewJob;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes that wait for the database together share a commit, and none of them suffers for another. */
class JobStoreTests {

    /** A whole batch. */
    private static final int LARGEST = 100;

    private static OwnDatabase database;
    private static JdbcClient jdbc;
    private static JobStore store;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
        jdbc = database.jdbc;
        store = database.store;
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void emptyTheRecord() {
        jdbc.sql("truncate video_job cascade").update();
    }

    @Test
    void intentsThatWaitTogetherShareACommit() throws Exception {
        var jobs = Stream.generate(OwnDatabase::job).limit(1 + LARGEST).toList();

        var written =
                whileTheTableIsLocked(jobs.stream().map(JobStoreTests::intent).toList());

        for (var intent : written) {
            intent.get();
        }
        assertThat(transactionOf(jobs.getFirst())).isNotEqualTo(transactionOf(jobs.getLast()));
        assertThat(jobs.stream().skip(1).map(JobStoreTests::transactionOf).collect(toSet()))
                .hasSize(1);
        assertThat(jobs).allSatisfy(job -> assertThat(kinds(job)).containsExactly("submitted"));
    }

    @Test
    void anIntentThatCannotBeWrittenLeavesTheOthersOnRecordOnce() throws Exception {
        var jobs = Stream.generate(OwnDatabase::job).limit(4).toList();
        var twice = List.of(jobs.get(0), jobs.get(1), jobs.get(2), jobs.get(0), jobs.get(3));

        var written =
                whileTheTableIsLocked(twice.stream().map(JobStoreTests::intent).toList());

        assertThatThrownBy(written.get(3)::get).hasCauseInstanceOf(DuplicateKeyException.class);
        for (int other : List.of(0, 1, 2, 4)) {
            written.get(other).get();
        }
        assertThat(jobs).allSatisfy(job -> assertThat(kinds(job)).containsExactly("submitted"));
    }

    @Test
    void anUpstreamIdThatIsTakenFailsAloneAndWhatWasSettledIsTold() throws Exception {
        var jobs = Stream.generate(OwnDatabase::job).limit(5).toList();
        jobs.forEach(store::intend);
        jdbc.sql("update video_job set status = 'failed' where id = ?")
                .param(jobs.get(3).id())
                .update();

        var accepted = whileTheTableIsLocked(List.of(
                acceptance(jobs.get(0), "up_0"),
                acceptance(jobs.get(1), "up_1"),
                acceptance(jobs.get(2), "up_0"),
                acceptance(jobs.get(3), "up_3"),
                acceptance(jobs.get(4), "up_4")));

        assertThat(accepted.get(0).get()).isTrue();
        assertThat(accepted.get(1).get()).isTrue();
        assertThatThrownBy(accepted.get(2)::get).hasCauseInstanceOf(DuplicateKeyException.class);
        assertThat(accepted.get(3).get()).isFalse();
        assertThat(accepted.get(4).get()).isTrue();
        assertThat(jdbc.sql("select upstream_task_id from poll_ticket order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("up_0", "up_1", "up_4");
        assertThat(kinds(jobs.get(4))).containsExactly("submitted", "accepted");
        assertThat(kinds(jobs.get(3))).containsExactly("submitted");
    }

    @Test
    void anIntentInATransactionGoesWithIt() {
        var job = OwnDatabase.job();
        database.transaction.executeWithoutResult(status -> {
            store.intendInTransaction(job);
            status.setRollbackOnly();
        });
        assertThat(kinds(job)).isEmpty();
    }

    /** The first write comes to the locked table alone, the rest while it waits there: they are one batch. */
    private static <T> List<FutureTask<T>> whileTheTableIsLocked(List<Callable<T>> writes) {
        var written = writes.stream().map(FutureTask::new).toList();
        var callers = new ArrayList<Thread>();
        database.transaction.executeWithoutResult(_ -> {
            jdbc.sql("lock table video_job in exclusive mode").update();
            callers.add(Thread.ofVirtual().start(written.getFirst()));
            await().until(JobStoreTests::blocked);
            written.stream()
                    .skip(1)
                    .forEach(write -> callers.add(Thread.ofVirtual().start(write)));
            await().until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
        });
        return written;
    }

    private static boolean blocked() {
        return jdbc.sql("select exists (select from pg_locks where relation = 'video_job'::regclass and not granted)")
                .query(Boolean.class)
                .single();
    }

    private static Callable<Boolean> intent(NewJob job) {
        return () -> {
            store.intend(job);
            return true;
        };
    }

    private static Callable<Boolean> acceptance(NewJob job, String taskId) {
        return () -> database.accept(job, taskId, Duration.ZERO, null);
    }

    private static String transactionOf(NewJob job) {
        return jdbc.sql("select xmin::text from video_job where id = ?")
                .param(job.id())
                .query(String.class)
                .single();
    }

    private static List<String> kinds(NewJob job) {
        return jdbc.sql("select kind from job_event where job_id = ? order by id")
                .param(job.id())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
