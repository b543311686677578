package io.reelgate.billing.charge;

import io.reelgate.billing.BillingDays;
import io.reelgate.billing.Standing;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Books what is missing for a job's charges to come to what its state says; doubled, late or repeated, it books that once. */
@Component
public class ChargeTable {

    private static final String JOBS = "select " + ChargedJob.COLUMNS + " from video_job job" + ChargedJob.CHARGED;

    private static final String OF_JOBS = JOBS + " where job.id = any (?)";

    private static final String INSERT = """
            insert into charge (job_id, attempt, account, app, model, day, jobs, unpriced, tokens, settled, estimated,
              possibly_spent, price_per_million, currency, basis, note, by_whom, charged_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String OF_ONE = """
            select charged_at, day, tokens, settled, estimated, possibly_spent, price_per_million, currency, basis, note, by_whom
            from charge where job_id = ? order by id desc limit ?
            """;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final BillingDays days;
    private final ClosedDays closed;
    private final Clock clock;

    public ChargeTable(JdbcClient jdbc, JdbcOperations batches, BillingDays days, ClosedDays closed, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.days = days;
        this.closed = closed;
        this.clock = clock;
    }

    /** What was booked of a job. */
    record Booked(ChargedJob job, LocalDate day, Sums sums) {}

    /** Why it was booked, where ops did it. */
    record Why(@Nullable String note, String by) {}

    /** Books what is missing of these jobs, which are locked by the caller's transaction. */
    List<Booked> book(Collection<String> jobIds, @Nullable Why why) {
        var booked =
                jdbc
                        .sql(OF_JOBS)
                        .param(jobIds.toArray(String[]::new))
                        .query((row, _) -> ChargedJob.of(row))
                        .list()
                        .stream()
                        .map(job -> new Booked(
                                job,
                                job.day() == null ? days.of(job.sentAt()) : job.day(),
                                Sums.of(job, job.cost()).minus(job.charged())))
                        .filter(one -> !one.sums().isNothing())
                        .toList();
        if (!booked.isEmpty()) {
            var touched = new TreeSet<>(booked.stream().map(Booked::day).toList());
            closed.whileChanged(touched, () -> insert(booked, why));
        }
        return booked;
    }

    /** The latest charges of this job, the oldest of them first. */
    public List<Charge> of(String jobId, int most) {
        return jdbc.sql(OF_ONE)
                .params(jobId, most)
                .query((row, _) -> charge(row))
                .list()
                .reversed();
    }

    private void insert(List<Booked> booked, @Nullable Why why) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        var rows = new ArrayList<Object[]>();
        for (var one : booked) {
            var job = one.job();
            var sums = one.sums();
            var estimate = job.estimate();
            rows.add(new @Nullable Object[] {
                job.id(),
                job.attempt(),
                job.account(),
                job.app(),
                job.model(),
                one.day(),
                sums.jobs(),
                sums.unpriced(),
                sums.tokens(),
                sums.settled(),
                sums.estimated(),
                sums.possiblySpent(),
                estimate == null ? null : estimate.perMillion(),
                estimate == null ? null : estimate.currency(),
                why == null ? basis(job) : "ops",
                why == null ? null : why.note(),
                why == null ? null : why.by(),
                now
            });
        }
        batches.batchUpdate(INSERT, rows);
    }

    private static String basis(ChargedJob job) {
        return switch (standing(job)) {
            case SETTLED -> "usage";
            case ESTIMATED -> "estimate";
            case POSSIBLY_SPENT -> "possibly_spent";
            case NOTHING, WAITING, IN_FLIGHT -> "taken_back";
        };
    }

    private static Standing standing(ChargedJob job) {
        var cost = job.cost();
        return cost == null ? job.standing() : cost.standing();
    }

    private static Charge charge(ResultSet row) throws SQLException {
        return new Charge(
                row.getTimestamp("charged_at").toInstant(),
                Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                row.getLong("tokens"),
                amount(row, "settled"),
                amount(row, "estimated"),
                amount(row, "possibly_spent"),
                row.getBigDecimal("price_per_million"),
                row.getString("currency"),
                row.getString("basis"),
                row.getString("note"),
                row.getString("by_whom"));
    }

    private static BigDecimal amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column));
    }
}
