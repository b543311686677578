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

    /**
     * Looks at the receivers of the longest due ones and of the latest; if there is more between these, also at the first few hundred
     * receivers that anything waits for, leaping along the index. So what waits for later costs nothing, and a backlog little.
     */
    private static final String FAIR = """
            id in (
              with recursive due as materialized (
                (select origin from delivery where due_at <= now() order by due_at limit 500)
                union all
                (select origin from delivery where due_at <= now() order by due_at desc limit 500)),
              leap (origin, number) as (
                (select origin, 1 from delivery where due_at is not null order by origin limit 1)
                union all
                select (select next.origin from delivery next where next.due_at is not null and next.origin > leap.origin
                  order by next.origin limit 1), number + 1
                from leap where leap.origin is not null and number < 500),
              seen as (
                select origin from due
                union
                select origin from leap where origin is not null and (select count(*) from due) = 1000),
              busy (origin, tries) as (select * from unnest(?::text[], ?::integer[])),
              failing as materialized (
                select origin from (select origin from seen union select origin from busy) receiver
                where exists (select from delivery again
                  where again.origin = receiver.origin and again.due_at is not null and again.attempts > 0)),
              first as (
                select candidate.*, seen.origin in (select origin from failing) as failing
                from seen
                cross join lateral (
                  select one.id, one.app, one.due_at, row_number() over (order by one.due_at) as place
                  from delivery one where one.origin = seen.origin and one.due_at <= now()
                    and (one.leased_until is null or one.leased_until <= now())
                  order by one.due_at limit ?) candidate
                left join busy on busy.origin = seen.origin
                where candidate.place + coalesce(busy.tries, 0) <= ?),
              placed as (
                select first.*, row_number() over (partition by failing order by due_at)
                  + (select coalesce(sum(tries), 0) from busy where origin in (select origin from failing)) as place_of_failing
                from first)
              select id from (
                select placed.id, coalesce(app_busy.tries, 0) + row_number() over (partition by placed.app order by placed.due_at)
                  as place_of_app
                from placed
                left join unnest(?::text[], ?::integer[]) as app_busy (app, tries) on app_busy.app = placed.app
                where not failing or place_of_failing <= ?) fair
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

    /**
     * Claims at most so many that are due, and of each receiver and each app no more than its share leaves.
     *
     * @param failing tries at once to all receivers together that did not take the last one: half of what an app has, so that an app's
     *     dead receivers leave it places for the others
     */
    List<DeliveryTicket> claim(int limit, Duration lease, Share receivers, Share apps, int failing) {
        return leases.claim(
                limit,
                lease,
                receivers.names(),
                receivers.counts(),
                receivers.most(),
                receivers.most(),
                apps.names(),
                apps.counts(),
                failing,
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
