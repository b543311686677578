package io.reelgate.job.store;

import static io.reelgate.job.store.PgArrays.texts;

import io.reelgate.job.Estimate;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.Webhook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
                estimated_tokens, price_per_million, price_currency, sent_at, status)
              select intent.*, intent.created_at, ?::text
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::timestamptz[], ?::smallint[], ?::bigint[], ?::numeric[], ?::text[])
                as intent (id, app, model, prompt, request, request_id, seconds, size, created_at, account,
                  estimated_tokens, price_per_million, price_currency)
              returning id, created_at)
            insert into job_event (job_id, at, kind, detail) select id, created_at, ?::text, '{}' from job
            """;

    /** Few jobs have one: only who sends such a batch pays for it, and not by a round trip. */
    private static final String INTEND_WITH_WEBHOOKS = INTEND.replaceFirst("returning id, created_at\\)", """
            returning id, created_at),
            webhook as (
              insert into webhook (job_id, url, origin, base_url, answered_by)
              select job.id, asked.url, asked.origin, asked.base_url, job.created_at + asked.within * interval '1 millisecond'
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                as asked (job_id, url, origin, base_url, within)
              join job on job.id = asked.job_id)""");

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
        var columns = new ArrayList<@Nullable Object>();
        columns.add(JobStatus.SUBMITTING.word());
        columns.add(texts(jobs, NewJob::id));
        columns.add(texts(jobs, NewJob::app));
        columns.add(texts(jobs, NewJob::model));
        columns.add(texts(jobs, NewJob::prompt));
        columns.add(texts(jobs, NewJob::request));
        columns.add(texts(jobs, NewJob::requestId));
        columns.add(texts(jobs, NewJob::seconds));
        columns.add(texts(jobs, NewJob::size));
        columns.add(texts(jobs, NewJob::createdAt));
        columns.add(texts(jobs, NewJob::account));
        columns.add(texts(jobs, estimate(Estimate::tokens)));
        columns.add(texts(jobs, estimate(JobStore::plain)));
        columns.add(texts(jobs, estimate(Estimate::currency)));
        var asking = jobs.stream().filter(job -> job.webhook() != null).toList();
        if (!asking.isEmpty()) {
            columns.add(texts(asking, NewJob::id));
            columns.add(texts(asking, webhook(Webhook::url)));
            columns.add(texts(asking, webhook(Webhook::origin)));
            columns.add(texts(asking, webhook(Webhook::baseUrl)));
            columns.add(texts(asking, webhook(asked -> asked.answeredWithin().toMillis())));
        }
        columns.add(EventKind.SUBMITTED.word());
        int written = jdbc.update(asking.isEmpty() ? INTEND : INTEND_WITH_WEBHOOKS, columns.toArray());
        return Collections.nCopies(written, true);
    }

    private static Function<NewJob, @Nullable Object> estimate(Function<Estimate, @Nullable Object> field) {
        return job -> job.estimate() == null ? null : field.apply(job.estimate());
    }

    private static @Nullable String plain(Estimate estimate) {
        return estimate.perMillion() == null ? null : estimate.perMillion().toPlainString();
    }

    private static Function<NewJob, @Nullable Object> webhook(Function<Webhook, Object> field) {
        return job -> job.webhook() == null ? null : field.apply(job.webhook());
    }
}
