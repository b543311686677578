package io.reelgate.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of work that is due at some time, each row of which at most one replica holds: the columns {@code due_at},
 * {@code leased_until} and {@code lease_token}, and a key of type {@code text}. PostgreSQL decides who holds what, by its own clock.
 *
 * <p>Whoever claims takes no more than there are free places to work on it at once. A write-back begins with {@link #end}, or with an
 * update of its own that asks for the token; what is not told to be ours has been claimed by somebody else since, and what was
 * found is dropped. A replica that stops gives back what it holds. One that dies is waited for until its leases end.
 *
 * @param <T> a claimed row
 */
public final class LeasedTable<T> {

    private final JdbcClient jdbc;
    private final RowMapper<T> rows;
    private final String claim;
    private final String end;
    private final String renew;
    private final String release;

    /**
     * Names of tables and columns, and the condition, are part of the statements: they are the caller's constants.
     *
     * @param condition what else a row must be to be claimed, as SQL with a {@code ?} for each parameter of a claim
     */
    public LeasedTable(JdbcClient jdbc, String table, String key, String condition, RowMapper<T> rows) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.claim = """
                with due as (
                  select %2$s from %1$s
                  where due_at <= now() and (leased_until is null or leased_until <= now()) and %3$s
                  order by due_at limit ? for update skip locked)
                update %1$s claimed set leased_until = now() + ? * interval '1 millisecond', lease_token = ?
                from due where claimed.%2$s = due.%2$s
                returning claimed.*
                """.formatted(table, key, condition);
        this.end = """
                delete from %1$s row using unnest(?::text[], ?::uuid[]) as ended (key, token)
                where row.%2$s = ended.key and row.lease_token = ended.token
                returning ended.key, ended.token
                """.formatted(table, key);
        this.renew = """
                update %1$s row set leased_until = now() + ? * interval '1 millisecond'
                from unnest(?::text[], ?::uuid[]) as held (key, token)
                where row.%2$s = held.key and row.lease_token = held.token
                returning held.key, held.token
                """.formatted(table, key);
        this.release = """
                update %1$s row set leased_until = null, lease_token = null
                from unnest(?::text[], ?::uuid[]) as released (key, token)
                where row.%2$s = released.key and row.lease_token = released.token
                """.formatted(table, key);
    }

    /** Claims at most {@code limit} due rows for this long, the longest due first. */
    public List<T> claim(int limit, Duration length, Object... parameters) {
        var all = new ArrayList<Object>(List.of(parameters));
        all.addAll(List.of(limit, length.toMillis(), UUID.randomUUID()));
        return jdbc.sql(claim).params(all).query(rows).list();
    }

    /** Removes rows whose work is done; returns the leases that were still ours. */
    public Set<Lease> end(Collection<Lease> leases) {
        return leases.isEmpty()
                ? Set.of()
                : jdbc.sql(end)
                        .params(keys(leases), tokens(leases))
                        .query(LeasedTable::lease)
                        .set();
    }

    /** Holds rows for this long from now on, whose work takes longer than was thought; returns the leases that were still ours. */
    public Set<Lease> renew(Collection<Lease> leases, Duration length) {
        return leases.isEmpty()
                ? Set.of()
                : jdbc.sql(renew)
                        .param(length.toMillis())
                        .params(keys(leases), tokens(leases))
                        .query(LeasedTable::lease)
                        .set();
    }

    /** Gives leases back unused, so that another replica need not wait for their end. */
    public void release(Collection<Lease> leases) {
        if (!leases.isEmpty()) {
            jdbc.sql(release).params(keys(leases), tokens(leases)).update();
        }
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(row.getString(1), row.getObject(2, UUID.class));
    }

    private static String[] keys(Collection<Lease> leases) {
        return leases.stream().map(Lease::key).toArray(String[]::new);
    }

    private static UUID[] tokens(Collection<Lease> leases) {
        return leases.stream().map(Lease::token).toArray(UUID[]::new);
    }
}
