package io.reelgate.incidents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The record of when the upstream had no money for which model.
 *
 * <p>An incident closes when a job that was submitted after the last refusal is accepted. Who looks for that is
 * {@link #closeAnswered}, once a second, from the record: so an accepted job pays nothing for it, and it does not matter
 * which replica saw what.
 */
@Component
public class QuotaIncidents {

    private static final Logger log = LoggerFactory.getLogger(QuotaIncidents.class);

    private static final String REFUSED = """
            insert into quota_incident as incident (model, opened_at, last_refused_at, message, remaining, required)
            values (:model, :at, :at, :message, :remaining, :required)
            on conflict (model) where closed_at is null
            do update set last_refused_at = greatest(incident.last_refused_at, excluded.last_refused_at),
              message = excluded.message,
              remaining = case when num_nonnulls(excluded.remaining, excluded.required) > 0
                then excluded.remaining else incident.remaining end,
              required = case when num_nonnulls(excluded.remaining, excluded.required) > 0
                then excluded.required else incident.required end
            returning id, xmax = 0 as opened
            """;

    // An accepted job has a poll ticket for seconds at least, and they are few; in the whole record, the end of an
    // incident whose model nobody asks for any more would be looked for among ever more jobs. Tickets of replicas of
    // the
    // release before do not say when their job was sent: then it was when it was created, which its id says (its first
    // 48 bits
    // are the millisecond).
    private static final String CLOSE = """
            update quota_incident incident
            set closed_at = greatest(accepted.at, incident.last_refused_at)
            from quota_incident open_incident cross join lateral (
              select ticket.tracked_since as at from poll_ticket ticket
              where ticket.model = open_incident.model and case when ticket.sent_at is null
                then ticket.job_id >= 'task_' || lpad(to_hex(
                  floor(extract(epoch from open_incident.last_refused_at) * 1000)::bigint + 1), 12, '0')
                else ticket.sent_at > open_incident.last_refused_at end
              order by ticket.tracked_since limit 1) accepted
            where incident.id = open_incident.id and incident.closed_at is null
              and incident.last_refused_at = open_incident.last_refused_at and open_incident.closed_at is null
              -- While jobs that wait for the money still drain, each that is taken locks another sum: the next refusal is no news.
              and not exists (select from held_request held where held.model = incident.model and held.reason = 'balance')
            returning incident.model
            """;

    private static final String SELECT = """
            select incident.*, (select count(*) from video_job where quota_incident_id = incident.id) as refused_jobs
            from quota_incident incident
            """;

    private final JdbcClient jdbc;
    private final JdbcClient reads;

    QuotaIncidents(JdbcClient jdbc, @Qualifier("reads") JdbcClient reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    private record Refusal(long id, boolean opened) {}

    /**
     * The upstream refused this model for want of money, in these words; opens an incident unless one is open.
     *
     * @param remaining what it said was left, and {@code required} what it said the job would need; both may be unknown
     * @return the id of the incident this refusal counts in
     */
    public long refused(
            String model, String message, @Nullable BigDecimal remaining, @Nullable BigDecimal required, Instant at) {
        var refusal = jdbc.sql(REFUSED)
                .param("model", model)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("message", message)
                .param("remaining", remaining, Types.NUMERIC)
                .param("required", required, Types.NUMERIC)
                .query((row, _) -> new Refusal(row.getLong("id"), row.getBoolean("opened")))
                .single();
        if (refusal.opened()) {
            log.warn("Quota incident {} opened: the upstream has no money for {}: {}", refusal.id(), model, message);
        }
        return refusal.id();
    }

    /** Closes each open incident whose model has since had a job accepted; returns the models concerned. */
    @Scheduled(fixedDelayString = "1s", initialDelayString = "1s")
    public Set<String> closeAnswered() {
        var models = jdbc.sql(CLOSE).query((row, _) -> row.getString(1)).set();
        models.forEach(model -> log.info("Quota incident closed: the upstream took a job for {} again", model));
        return models;
    }

    /** Incidents that were open at some time since then, newest first. */
    public List<QuotaIncident> since(Instant from) {
        return reads.sql(SELECT + " where closed_at is null or closed_at >= ? order by opened_at desc, id desc")
                .param(from.atOffset(ZoneOffset.UTC))
                .query((row, _) -> incident(row))
                .list();
    }

    /** The newest {@code limit} incidents, newest first. */
    public List<QuotaIncident> latest(int limit) {
        return reads.sql(SELECT + " order by opened_at desc, id desc limit ?")
                .param(limit)
                .query((row, _) -> incident(row))
                .list();
    }

    /** How many incidents are open now. */
    public long countOpen() {
        return reads.sql("select count(*) from quota_incident where closed_at is null")
                .query(Long.class)
                .single();
    }

    /** Incidents that are open now, oldest first. */
    public List<QuotaIncident> open() {
        return reads.sql(SELECT + " where closed_at is null order by opened_at, id")
                .query((row, _) -> incident(row))
                .list();
    }

    private static QuotaIncident incident(ResultSet row) throws SQLException {
        var closedAt = row.getTimestamp("closed_at");
        return new QuotaIncident(
                row.getLong("id"),
                row.getString("model"),
                row.getTimestamp("opened_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant(),
                row.getLong("refused_jobs"),
                row.getString("message"),
                row.getBigDecimal("remaining"),
                row.getBigDecimal("required"));
    }
}
