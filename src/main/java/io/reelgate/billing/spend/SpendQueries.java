package io.reelgate.billing.spend;

import io.reelgate.billing.BillingDays;
import io.reelgate.billing.Prices;
import io.reelgate.billing.Standing;
import io.reelgate.job.JobStatus;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds spend up, in one statement and so from one moment: totals of closed days, charges of days without totals, and jobs that have
 * not ended. Amounts in another currency than the prices have now are left out.
 */
@Component
public class SpendQueries {

    /** More lines than that are asked for by nobody; what is beyond them is in the total. */
    private static final int MOST = 1_000;

    private static final String LINES = """
            with day as (
              select day, exists (select from spend_day made where made.day = day.day) as made
              from unnest(cast(:days as date[])) as day (day)),
            line as (
              select total.day, app, model, jobs, unpriced, tokens, settled, estimated, possibly_spent
              from day join spend_total total on total.day = day.day
              where made and currency in ('', :currency) %1$s
              union all
              select day.day, one.*
              from day cross join lateral (
                select app, model, sum(jobs), sum(unpriced), sum(tokens), sum(settled), sum(estimated), sum(possibly_spent)
                from charge where charge.day = day.day and (currency is null or currency = :currency) %1$s
                group by app, model) one
              where not made
              union all
              select (cast(:days as date[]))[bucket], app, model, 1,
                case when price_per_million is null then 1 else 0 end,
                case when flying then coalesce(estimated_tokens, 0) else 0 end,
                0, case when flying then amount else 0 end, case when flying then 0 else amount end
              from (
                select app, model, price_per_million, estimated_tokens, status = any (:flying) as flying,
                  coalesce(round(estimated_tokens * price_per_million * 0.000001, 6), 0) as amount,
                  width_bucket(coalesce(sent_at, created_at), cast(:begins as timestamptz[])) as bucket
                from video_job
                where status = any (:live) and (price_currency is null or price_currency = :currency) %1$s) live
              where bucket between 1 and :length)
            """;

    private static final String SUMS = """
            coalesce(sum(jobs), 0) as jobs, coalesce(sum(unpriced), 0) as unpriced, coalesce(sum(tokens), 0) as tokens,
              coalesce(sum(settled), 0) as settled, coalesce(sum(estimated), 0) as estimated,
              coalesce(sum(possibly_spent), 0) as possibly_spent""";

    // The total comes first.
    private static final String BY = LINES.formatted("") + """
            select %1$s as key, """ + SUMS + """
             from line group by grouping sets ((%1$s), ()) order by grouping(%1$s) desc, %2$s limit %3$d
            """;

    private static final String LARGEST_FIRST =
            "sum(settled + estimated) desc, sum(possibly_spent) desc, sum(jobs) desc, ";

    private static final String OF_APP = LINES.formatted("and app = :app") + """
            select day, model, """ + SUMS + """
             from line group by day, model having sum(jobs) > 0 order by day, model limit :most
            """;

    private static final String UNPRICED = LINES.formatted("") + """
            select model from line group by model having sum(unpriced) > 0 order by sum(unpriced) desc, model limit :most
            """;

    private static final String[] FLYING = words(Standing.IN_FLIGHT);
    private static final String[] LIVE = words(Standing.IN_FLIGHT, Standing.POSSIBLY_SPENT);

    private final JdbcClient reads;
    private final BillingDays days;
    private final Prices prices;

    public SpendQueries(@Qualifier("reads") JdbcClient reads, BillingDays days, Prices prices) {
        this.reads = reads;
        this.days = days;
        this.prices = prices;
    }

    /** What was spent on these days; of more apps or models than a thousand, those that spent the most and one line for all others. */
    public Spend spent(SpendRange range, SpendBy by) {
        var column = by.word();
        var order = by == SpendBy.DAY ? column : LARGEST_FIRST + column;
        // Counting the total, and one more to see whether there are more.
        int limit = (by == SpendBy.DAY ? SpendRange.MOST_DAYS : MOST) + 2;
        var lines = new ArrayList<>(statement(BY.formatted(column, order, limit), range)
                .query((row, _) -> line(row, Objects.requireNonNullElse(row.getString("key"), "")))
                .list());
        var total = lines.removeFirst();
        lines.removeIf(line -> line.jobs() == 0 && line.equals(SpendLine.NOTHING.named(line.key())));
        return new Spend(range, days.zone().getId(), prices.currency(), by, lines, total).first(MOST);
    }

    /** What this app spent on these days, by day and model; at most {@code most} lines. */
    public List<UsageLine> ofApp(String app, SpendRange range, int most) {
        return statement(OF_APP, range)
                .param("app", app)
                .param("most", most)
                .query((row, _) -> new UsageLine(
                        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                        row.getString("model"),
                        line(row, "")))
                .list();
    }

    /** The models of which jobs of these days had no price, those of the most jobs first. */
    public List<String> unpriced(SpendRange range, int most) {
        return statement(UNPRICED, range)
                .param("most", most)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, SpendRange range) {
        var all = range.days();
        var begins = Stream.concat(all.stream(), Stream.of(range.to().plusDays(1)))
                .map(day -> days.begin(day).toString())
                .toArray(String[]::new);
        return reads.sql(sql)
                .param("days", all.stream().map(LocalDate::toString).toArray(String[]::new))
                .param("begins", begins)
                .param("length", all.size())
                .param("currency", prices.currency())
                .param("flying", FLYING)
                .param("live", LIVE);
    }

    private static SpendLine line(ResultSet row, String key) throws SQLException {
        return new SpendLine(
                key,
                row.getLong("jobs"),
                row.getLong("unpriced"),
                row.getLong("tokens"),
                amount(row, "settled"),
                amount(row, "estimated"),
                amount(row, "possibly_spent"));
    }

    private static BigDecimal amount(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBigDecimal(column));
    }

    /** Of jobs that have not ended and stand so: no charge tells of them yet. */
    private static String[] words(Standing... standings) {
        return Stream.of(JobStatus.values())
                .filter(status -> !status.ended() && List.of(standings).contains(of(status)))
                .map(JobStatus::word)
                .toArray(String[]::new);
    }

    private static Standing of(JobStatus status) {
        return Standing.of(status, null, null);
    }
}
