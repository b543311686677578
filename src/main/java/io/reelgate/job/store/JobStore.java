package io.reelgate.job.store;

import static io.reelgate.job.store.PgArrays.texts;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Puts new jobs on record, before anything is sent: one statement, in one round trip and one commit with those of other jobs that
 * come at the same time. What becomes of them is written by {@link JobTransitions}.
 */
@Component
public class JobStore implements DisposableBean {

    private static final String INTEND = """
            with job as (
              insert into video_job (id, app, model, prompt, request, request_id, seconds, size, created_at, account,
                sent_at, status)
              select intent.*, intent.created_at, ?::text
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::timestamptz[], ?::smallint[])
                as intent (id, app, model, prompt, request, request_id, seconds, size, created_at, account)
              returning id, created_at)
            insert into job_event (job_id, at, kind, detail) select id, created_at, ?::text, '{}' from job
            """;

    private final JdbcOperations jdbc;
    private final Batcher<NewJob, Boolean> intents = new Batcher<>("job-intents", this::intend);

    public JobStore(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts the intent on record, committed when this returns: the job is {@code submitting}. */
    public void intend(NewJob job) {
        intents.await(job);
    }

    /** Puts the intent on record as part of the caller's transaction: it is committed when that is, and with nobody else's. */
    public void intendInTransaction(NewJob job) {
        intend(List.of(job));
    }

    /** Has this job count in this quota incident, as part of the caller's transaction. */
    public void countIn(long incident, String jobId) {
        jdbc.update("update video_job set quota_incident_id = ? where id = ?", incident, jobId);
    }

    @Override
    public void destroy() {
        intents.close();
    }

    private List<Boolean> intend(List<NewJob> jobs) {
        int written = jdbc.update(
                INTEND,
                JobStatus.SUBMITTING.word(),
                texts(jobs, NewJob::id),
                texts(jobs, NewJob::app),
                texts(jobs, NewJob::model),
                texts(jobs, NewJob::prompt),
                texts(jobs, NewJob::request),
                texts(jobs, NewJob::requestId),
                texts(jobs, NewJob::seconds),
                texts(jobs, NewJob::size),
                texts(jobs, NewJob::createdAt),
                texts(jobs, NewJob::account),
                EventKind.SUBMITTED.word());
        return Collections.nCopies(written, true);
    }
}
