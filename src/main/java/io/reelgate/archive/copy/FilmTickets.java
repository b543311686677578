package io.reelgate.archive.copy;

import io.reelgate.archive.store.FilmStore;
import io.reelgate.lease.Lease;
import io.reelgate.lease.LeasedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The films that wait to be copied, by whichever replica; what becomes of one is written only by who holds its lease. */
@Component
class FilmTickets {

    private static final String KEPT = """
            with kept as (
              update film set state = 'kept', location = ?, size = ?, sha256 = ?, type = ?, kept_at = ?, gone_at = null,
                tries = tries + 1, error = null, due_at = null, leased_until = null, lease_token = null
              where job_id = ? and lease_token = ?
              returning size)
            update archive_total set films = films + 1, bytes = bytes + kept.size from kept
            """;

    private static final String AGAIN = """
            update film set due_at = now() + ? * interval '1 millisecond', error = ?, tries = tries + 1, leased_until = null,
              lease_token = null
            where job_id = ? and lease_token = ?
            """;

    private static final String MISSING = """
            update film set state = 'missing', due_at = null, error = ?, tries = tries + 1, leased_until = null, lease_token = null
            where job_id = ? and lease_token = ?
            """;

    private final JdbcClient jdbc;
    private final LeasedTable<FilmTicket> leases;

    FilmTickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.leases = new LeasedTable<>(
                jdbc, "film", "job_id", "(account is null or account = any (?))", (row, _) -> ticket(row));
    }

    /** Claims at most so many films that are due; of those without a link, only of these accounts, whose key fetches them. */
    List<FilmTicket> claim(int limit, Duration lease, Collection<Integer> accounts) {
        return leases.claim(limit, lease, (Object) accounts.toArray(Integer[]::new));
    }

    /** Holds on to what is still being copied; returns the leases that are still ours. */
    Set<Lease> renew(Collection<Lease> held, Duration lease) {
        return leases.renew(held, lease);
    }

    /** Gives leases back unused. */
    void release(Collection<Lease> held) {
        leases.release(held);
    }

    /** The film lies there; false if another replica has taken it over meanwhile. */
    boolean kept(FilmTicket ticket, String location, FilmStore.Film film, Instant at) {
        return jdbc.sql(KEPT)
                        .params(location, film.size(), film.sha256(), film.type(), at.atOffset(ZoneOffset.UTC))
                        .params(ticket.jobId(), ticket.token())
                        .update()
                == 1;
    }

    /** It is tried again after this pause. */
    boolean again(FilmTicket ticket, String error, Duration pause) {
        return jdbc.sql(AGAIN)
                        .params(pause.toMillis(), error, ticket.jobId(), ticket.token())
                        .update()
                == 1;
    }

    /** It is not tried any more. */
    boolean missing(FilmTicket ticket, String error) {
        return jdbc.sql(MISSING).params(error, ticket.jobId(), ticket.token()).update() == 1;
    }

    /** Those of these jobs whose films wait. */
    Set<String> waiting(Collection<String> jobIds) {
        return jdbc.sql("select job_id from film where job_id = any (?) and state = 'waiting'")
                .param(jobIds.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .set();
    }

    private static FilmTicket ticket(ResultSet row) throws SQLException {
        return new FilmTicket(
                row.getString("job_id"),
                row.getObject("lease_token", UUID.class),
                row.getTimestamp("link_ends_at").toInstant(),
                row.getInt("tries"),
                row.getString("error"));
    }
}
