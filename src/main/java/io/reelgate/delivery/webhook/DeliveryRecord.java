package io.reelgate.delivery.webhook;

import io.reelgate.net.HttpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deliveries on record, for ops: to look at, and to have sent again. */
@Component
public class DeliveryRecord {

    private static final int BATCH = 1_000;

    private static final String LIST = """
            select * from delivery where (?::text is null or app = ?) and (?::text is null or state = ?)
              and (?::text is null or id < ?)
            order by id desc limit ?
            """;

    /** One that is being tried at this moment is left alone. */
    private static final String AGAIN = """
            update delivery set state = 'waiting', attempts = 0, due_at = now(), delivered_at = null, leased_until = null,
              lease_token = null
            where id = ? and (leased_until is null or leased_until <= now())
            """;

    private static final String ALL_AGAIN = """
            with again as (
              select id from delivery where app = ? and id >= ? and id < ? and state <> 'delivered'
                and (leased_until is null or leased_until <= now())
              order by id desc limit ? for update skip locked)
            update delivery set state = 'waiting', attempts = 0, due_at = now(), leased_until = null, lease_token = null
            from again where delivery.id = again.id
            returning delivery.id
            """;

    private static final String NUMBERS = """
            select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from delivery where due_at is not null
            """;

    /**
     * Of what waits, the oldest of each receiver that something was tried at, leaping along the index; of what was given up, the newest
     * of those of a week. What a job's reopening has overtaken says nothing about the receiver.
     */
    private static final String FAILING = """
            with recursive again (origin, number) as (
              (select origin, 1 from delivery where due_at is not null and attempts > 0 order by origin limit 1)
              union all
              select (select next.origin from delivery next
                where next.due_at is not null and next.attempts > 0 and next.origin > again.origin order by next.origin limit 1),
                number + 1
              from again where again.origin is not null and number < :most),
            undelivered as (
              select oldest.origin, oldest.app, oldest.state, oldest.created_at, now() - interval '1 day' as nothing_since
              from again cross join lateral (
                select * from delivery one where one.origin = again.origin and one.due_at is not null and one.attempts > 0
                order by one.created_at limit 1) oldest
              union all
              select origin, app, state, created_at, created_at
              from (select * from delivery where state = 'failed' and id >= :week and id < :day order by id desc limit :most) given_up
              where last_error is distinct from :overtaken)
            select * from (
              select distinct on (origin) origin, app, state, created_at from undelivered
              where created_at < now() - interval '1 day' and not exists (
                select from delivery arrived
                where arrived.origin = undelivered.origin and arrived.delivered_at >= undelivered.nothing_since)
              order by origin, created_at) failing
            order by created_at limit :shown
            """;

    /** As many receivers, and as many that were given up, are looked at. */
    private static final int MOST_LOOKED_AT = 1_000;

    private static final int MOST_FAILING = 100;

    private final JdbcClient jdbc;
    private final JdbcClient reads;
    private final DeliverySender sender;
    private final Clock clock;

    DeliveryRecord(JdbcClient jdbc, @Qualifier("reads") JdbcClient reads, DeliverySender sender, Clock clock) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Deliveries, newest first.
     *
     * @param app only of this app
     * @param state only those
     * @param before only those older than this one
     */
    public List<Delivery> list(
            @Nullable String app, @Nullable DeliveryState state, @Nullable String before, int limit) {
        var word = state == null ? null : state.word();
        return reads.sql(LIST)
                .param(app)
                .param(app)
                .param(word)
                .param(word)
                .param(before)
                .param(before)
                .param(limit)
                .query((row, _) -> delivery(row))
                .list();
    }

    /** The deliveries of one job, newest first. */
    public List<Delivery> of(String jobId) {
        return reads.sql("select * from delivery where job_id = ? order by id desc")
                .param(jobId)
                .query((row, _) -> delivery(row))
                .list();
    }

    /** The delivery of this id. */
    public Optional<Delivery> find(String id) {
        return EventType.isId(id)
                ? jdbc.sql("select * from delivery where id = ?")
                        .param(id)
                        .query((row, _) -> delivery(row))
                        .optional()
                : Optional.empty();
    }

    /** Has it sent again at once, under its id, with all tries before it; one that is being tried now is left at that. */
    public void sendAgain(String id) {
        jdbc.sql(AGAIN).param(id).update();
        sender.wake();
    }

    /** Has all of this app sent again at once that were written since then and did not arrive; returns how many. */
    public int sendAgain(String app, Instant since) {
        int all = 0;
        var before = "msg_g"; // behind all ids, which go on with hex digits
        List<String> batch;
        do {
            batch = jdbc.sql(ALL_AGAIN)
                    .params(app, EventType.floor(since), before, BATCH)
                    .query((row, _) -> row.getString(1))
                    .list();
            all += batch.size();
            before = batch.stream().min(String::compareTo).orElse(before);
        } while (batch.size() == BATCH);
        sender.wake();
        return all;
    }

    /** What waits now. */
    public DeliveryNumbers numbers() {
        return reads.sql(NUMBERS)
                .query((row, _) ->
                        new DeliveryNumbers(row.getLong(1), Duration.ofMillis(Math.round(row.getDouble(2) * 1000))))
                .single();
    }

    /** Receivers at which nothing has arrived for a day, though something was to; the longest away first, a hundred at most. */
    public List<FailingReceiver> failing() {
        var now = clock.instant();
        return reads.sql(FAILING)
                .param("most", MOST_LOOKED_AT)
                .param("week", EventType.floor(now.minus(Duration.ofDays(7))))
                .param("day", EventType.floor(now.minus(Duration.ofDays(1))))
                .param("overtaken", DeliverySender.OVERTAKEN)
                .param("shown", MOST_FAILING)
                .query((row, _) -> new FailingReceiver(
                        row.getString("origin"),
                        row.getString("app"),
                        DeliveryState.of(row.getString("state")),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** Whether this text has the shape of a delivery's id. */
    public static boolean isId(String text) {
        return EventType.isId(text);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                row.getString("app"),
                row.getString("job_id"),
                HttpAddress.masked(row.getString("url")),
                row.getString("type"),
                DeliveryState.of(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("last_status", Integer.class),
                row.getString("last_error"),
                row.getString("last_answer"),
                instant(row, "due_at"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "delivered_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
