package io.reelgate.delivery.webhook;

import io.reelgate.lease.Lease;
import io.reelgate.lease.LeasedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deliveries that wait, for whichever replica. At most so many of one receiver and of one app are taken at once, and that is part
 * of the question: of a thousand that are due at a dead receiver only the first few are looked at, and the rest of the places are
 * for others.
 */
@Component
class DeliveryTickets {

    /** Leaps from receiver to receiver along the index, and reads the first of each. */
    private static final String FAIR = """
            id in (
              with recursive receiver (origin) as (
                (select origin from delivery where due_at is not null order by origin limit 1)
                union all
                select (select next.origin from delivery next where next.due_at is not null and next.origin > receiver.origin
                  order by next.origin limit 1)
                from receiver where receiver.origin is not null)
              select id from (
                select first.id, coalesce(app_busy.tries, 0) + row_number() over (partition by first.app order by first.due_at)
                  as place_of_app
                from receiver
                cross join lateral (
                  select one.id, one.app, one.due_at, row_number() over (order by one.due_at) as place
                  from delivery one where one.origin = receiver.origin and one.due_at <= now()
                    and (one.leased_until is null or one.leased_until <= now())
                  order by one.due_at limit ?) first
                left join unnest(?::text[], ?::integer[]) as origin_busy (origin, tries)
                  on origin_busy.origin = receiver.origin
                left join unnest(?::text[], ?::integer[]) as app_busy (app, tries) on app_busy.app = first.app
                where first.place + coalesce(origin_busy.tries, 0) <= ?) fair
              where place_of_app <= ?)
            """;

    private static final String DONE = """
            update delivery set state = ?, delivered_at = case when ? then now() end, due_at = null, attempts = attempts + 1,
              last_status = ?, last_error = ?, last_answer = ?, leased_until = null, lease_token = null
            where id = ? and lease_token = ?
            """;

    private static final String AGAIN = """
            update delivery set due_at = now() + ? * interval '1 millisecond', attempts = attempts + 1,
              last_status = ?, last_error = ?, last_answer = ?, leased_until = null, lease_token = null
            where id = ? and lease_token = ?
            """;

    private final JdbcClient jdbc;
    private final LeasedTable<DeliveryTicket> leases;

    DeliveryTickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.leases = new LeasedTable<>(jdbc, "delivery", "id", FAIR, (row, _) -> ticket(row));
    }

    /** So many at once, and how many are under way here. */
    record Share(int most, Map<String, Integer> busy) {

        private String[] names() {
            return busy.keySet().toArray(String[]::new);
        }

        private Integer[] counts() {
            return busy.values().toArray(Integer[]::new);
        }
    }

    /** Claims at most so many that are due, and of each receiver and each app no more than its share leaves. */
    List<DeliveryTicket> claim(int limit, Duration lease, Share receivers, Share apps) {
        return leases.claim(
                limit,
                lease,
                receivers.most(),
                receivers.names(),
                receivers.counts(),
                apps.names(),
                apps.counts(),
                receivers.most(),
                apps.most());
    }

    /** Gives leases back unused. */
    void release(Collection<Lease> held) {
        leases.release(held);
    }

    /** It is not tried any more; false if another replica has taken it over meanwhile. */
    boolean done(DeliveryTicket ticket, DeliveryState state, Attempt attempt) {
        return jdbc.sql(DONE)
                        .params(state.word(), state == DeliveryState.DELIVERED)
                        .param(attempt.status())
                        .param(attempt.words())
                        .param(attempt.answer())
                        .params(ticket.id(), ticket.token())
                        .update()
                == 1;
    }

    /** It is tried again after this pause. */
    boolean again(DeliveryTicket ticket, Attempt attempt, Duration pause) {
        return jdbc.sql(AGAIN)
                        .param(pause.toMillis())
                        .param(attempt.status())
                        .param(attempt.words())
                        .param(attempt.answer())
                        .params(ticket.id(), ticket.token())
                        .update()
                == 1;
    }

    private static DeliveryTicket ticket(ResultSet row) throws SQLException {
        return new DeliveryTicket(
                row.getString("id"),
                row.getObject("lease_token", UUID.class),
                row.getString("job_id"),
                row.getString("app"),
                row.getString("url"),
                row.getString("origin"),
                row.getString("base_url"),
                row.getString("type"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant());
    }
}
