package io.reelgate.job.store;

import io.reelgate.lease.Lease;
import io.reelgate.lease.LeasedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The poll tickets of all replicas: PostgreSQL decides who holds which, by its own clock.
 *
 * <p>Everything here is one statement for many rows. Locks are always taken ticket first, then job.
 */
@Component
public class PollTickets {

    private static final String MOVE = """
            update poll_ticket ticket
            set due_at = case when ticket.due_at > ticket.leased_until - ? * interval '1 millisecond' then ticket.due_at
                else now() + moved.delay * interval '1 millisecond' end, leased_until = null, lease_token = null,
              failures = moved.failures, misses = moved.misses, without_url = moved.without_url,
              running = moved.running, progress = moved.progress, last_reason = moved.reason,
              silent_since = case moved.failures when 0 then null when 1 then now()
                else coalesce(ticket.silent_since, now()) end
            from unnest(?::text[], ?::uuid[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::boolean[], ?::smallint[],
              ?::text[]) as moved (job_id, token, delay, failures, misses, without_url, running, progress, reason)
            where ticket.job_id = moved.job_id and ticket.lease_token = moved.token
            returning moved.job_id, moved.token
            """;

    private final JdbcClient jdbc;
    private final LeasedTable<PollTicket> leases;

    public PollTickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.leases = new LeasedTable<>(jdbc, "poll_ticket", "job_id", "account = any (?)", (row, _) -> ticket(row));
    }

    /** Claims at most {@code limit} due tickets of these accounts for the length of the lease, the longest due first. */
    public List<PollTicket> claim(int limit, Duration lease, Collection<Integer> accounts) {
        return leases.claim(limit, lease, (Object) accounts.toArray(Integer[]::new));
    }

    /**
     * Puts tickets back; returns the leases that were still ours. What was found under another one must be discarded. A
     * ticket that has been made due since it was claimed stays so: the poll may have left before that.
     *
     * @param lease its length, as it was at the claim
     */
    public Set<Lease> move(List<PollTicket.Move> moves, Duration lease) {
        if (moves.isEmpty()) {
            return Set.of();
        }
        var tickets = moves.stream().map(PollTicket.Move::ticket).toList();
        return jdbc.sql(MOVE)
                .param(lease.toMillis())
                .params(strings(tickets, PollTicket::jobId), tokens(tickets))
                .param(moves.stream().map(move -> move.delay().toMillis()).toArray(Long[]::new))
                .params(ints(tickets, PollTicket::failures), ints(tickets, PollTicket::misses))
                .param(ints(tickets, PollTicket::withoutUrl))
                .param(tickets.stream().map(PollTicket::running).toArray(Boolean[]::new))
                .param(ints(tickets, PollTicket::progress))
                .param(PgArrays.texts(tickets, PollTicket::lastReason))
                .query((row, _) -> new Lease(row.getString(1), row.getObject(2, UUID.class)))
                .set();
    }

    /** Removes the tickets of jobs that ended; returns the leases that were still ours. */
    public Set<Lease> close(List<PollTicket> tickets) {
        return leases.end(tickets.stream().map(PollTicket::lease).toList());
    }

    /** Gives leases back unused, so that another replica need not wait for their end. */
    public void release(Collection<PollTicket> tickets) {
        leases.release(tickets.stream().map(PollTicket::lease).toList());
    }

    /** Makes the ticket of this job due at once; false if it has none, because the job is not in flight. */
    public boolean dueNow(String jobId) {
        return jdbc.sql("update poll_ticket set due_at = now() where job_id = ?")
                        .param(jobId)
                        .update()
                == 1;
    }

    private static PollTicket ticket(ResultSet row) throws SQLException {
        return new PollTicket(
                row.getString("job_id"),
                row.getString("upstream_task_id"),
                row.getString("model"),
                row.getTimestamp("tracked_since").toInstant(),
                row.getObject("lease_token", UUID.class),
                row.getInt("failures"),
                row.getInt("misses"),
                row.getInt("without_url"),
                row.getBoolean("running"),
                row.getInt("progress"),
                row.getString("last_reason"),
                millis(row.getObject("earliest_ms", Long.class)));
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static String[] strings(Collection<PollTicket> tickets, Function<PollTicket, String> field) {
        return tickets.stream().map(field).toArray(String[]::new);
    }

    private static UUID[] tokens(Collection<PollTicket> tickets) {
        return tickets.stream().map(PollTicket::leaseToken).toArray(UUID[]::new);
    }

    private static Integer[] ints(Collection<PollTicket> tickets, ToIntFunction<PollTicket> field) {
        return tickets.stream().map(field::applyAsInt).toArray(Integer[]::new);
    }
}
