package io.reelgate.submission.hold;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.reelgate.admission.Places;
import io.reelgate.admission.lane.Lane;
import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Attempt;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobEvent;
import io.reelgate.job.Transition;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobTransitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Whose turn it is: of each app its oldest job, and the apps one after the other. A job is claimed by the transition that begins its
 * next attempt, under the lock of its lane; so no two replicas try in one lane at once, and none takes more than there is room for.
 */
@Component
class Turns {

    private static final String LOCK = """
            select state, room, next_try_at, last_app from lane where account = ? and model = ? for update skip locked
            """;

    private static final String UNDER_WAY = """
            select count(*) from held_request where account = ? and (model = ? or ? = '') and sending
            """;

    private static final String EMPTY = """
            select not exists (select from held_request where account = ? and (model = ? or ? = ''))
            """;

    /** Of a whole account: the model that was waited for longest. */
    private static final String OLDEST_MODEL = """
            select model from held_request where account = ? and not sending order by job_id limit 1
            """;

    // One look into the index for each app that waits, and one for each of its jobs that may go: how many wait does not
    // matter.
    static final String NEXT = """
            with recursive app as (
              (select app from held_request where account = :account and model = :model and not sending order by app limit 1)
              union all
              select (select app from held_request where account = :account and model = :model and not sending
                and app > before.app order by app limit 1)
              from app before where before.app is not null),
            candidate as (
              select next.*, row_number() over (partition by next.app order by next.job_id) as turn
              from app cross join lateral (
                select job_id, app, size from held_request
                where account = :account and model = :model and not sending and app = app.app
                order by job_id limit :limit) next
              where app.app is not null)
            select candidate.* from candidate
            left join unnest(:capped::text[], :rooms::integer[]) as cap (app, room) on cap.app = candidate.app
            where turn <= coalesce(cap.room, :limit)
            order by turn, candidate.app <= :last, candidate.app limit :limit
            """;

    private static final String BODY = """
            select job.seconds, job.size, held.until, held.body
            from held_request held join video_job job on job.id = held.job_id where held.job_id = ?
            """;

    private final JdbcClient jdbc;
    private final JobQueries jobs;
    private final JobTransitions transitions;
    private final Places places;
    private final TransactionOperations transaction;

    Turns(
            JdbcClient jdbc,
            JobQueries jobs,
            JobTransitions transitions,
            Places places,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.transitions = transitions;
        this.places = places;
        this.transaction = transaction;
    }

    private record State(boolean open, int room, Instant nextTryAt, String lastApp) {}

    private record Candidate(String jobId, String app, int size) {}

    private record Body(@Nullable String seconds, @Nullable String size, Instant until, byte[] bytes) {}

    /**
     * Claims what may go now in this lane.
     *
     * @param account to which it is sent
     * @param bytes how many bytes of bodies there is memory for; the first is claimed in any case
     * @return what is to be sent, committed; empty if there is nothing, or another replica is at it
     */
    List<Turn> claim(Lane lane, int account, Instant now, long bytes) {
        return transaction.execute(_ -> state(lane)
                .map(state -> claim(lane, account, state, now, bytes))
                .orElse(List.of()));
    }

    /** Removes a lane for which nothing waits, whatever its state; nothing is known of how the upstream is then. */
    void forget(Lane lane) {
        transaction.executeWithoutResult(_ -> {
            if (state(lane).isPresent() && isEmpty(lane)) {
                remove(lane);
            }
        });
    }

    private List<Turn> claim(Lane lane, int account, State state, Instant now, long bytes) {
        int room = free(lane, state, now);
        int free = room <= 0 ? 0 : Math.min(room, places.room(account));
        if (free <= 0) {
            return List.of();
        }
        var model = lane.isWholeAccount() ? oldestModel(lane.account()) : Optional.of(lane.model());
        var next = model.map(name -> next(lane.account(), name, state.lastApp(), free))
                .orElse(List.of());
        var fitting = fitting(next, bytes);
        if (fitting.isEmpty()) {
            if (state.open() && isEmpty(lane)) {
                remove(lane);
            }
            return List.of();
        }
        var sent = transitions.apply(fitting.stream()
                .map(one -> new Transition.Sent(one.jobId(), account, JobEvent.of(EventKind.SENT, now)))
                .toList());
        jdbc.sql("update lane set last_app = ? where account = ? and model = ?")
                .params(fitting.getLast().app(), lane.account(), lane.model())
                .update();
        return turns(fitting, sent, now);
    }

    private int free(Lane lane, State state, Instant now) {
        int underWay = count(lane);
        if (state.open()) {
            return state.room() - underWay;
        }
        return underWay == 0 && !state.nextTryAt().isAfter(now) ? 1 : 0;
    }

    private static List<Candidate> fitting(List<Candidate> next, long bytes) {
        var fitting = new ArrayList<Candidate>();
        long sum = 0;
        for (var one : next) {
            sum += one.size();
            if (sum > bytes && !fitting.isEmpty()) {
                break;
            }
            fitting.add(one);
        }
        return fitting;
    }

    private Optional<State> state(Lane lane) {
        return jdbc.sql(LOCK)
                .params(lane.account(), lane.model())
                .query((row, _) -> state(row))
                .optional();
    }

    private int count(Lane lane) {
        return jdbc.sql(UNDER_WAY)
                .params(lane.account(), lane.model(), lane.model())
                .query(Integer.class)
                .single();
    }

    private boolean isEmpty(Lane lane) {
        return jdbc.sql(EMPTY)
                .params(lane.account(), lane.model(), lane.model())
                .query(Boolean.class)
                .single();
    }

    private void remove(Lane lane) {
        jdbc.sql("delete from lane where account = ? and model = ?")
                .params(lane.account(), lane.model())
                .update();
    }

    private Optional<String> oldestModel(int account) {
        return jdbc.sql(OLDEST_MODEL).param(account).query(String.class).optional();
    }

    private List<Candidate> next(int account, String model, String last, int limit) {
        var rooms = places.rooms();
        return jdbc.sql(NEXT)
                .params(Map.of("account", account, "model", model, "last", last, "limit", limit))
                .param("capped", rooms.keySet().toArray(String[]::new))
                .param("rooms", rooms.values().toArray(Integer[]::new))
                .query((row, _) -> new Candidate(row.getString("job_id"), row.getString("app"), row.getInt("size")))
                .list();
    }

    private static State state(ResultSet row) throws SQLException {
        var next = row.getTimestamp("next_try_at");
        return new State(
                row.getString("state").equals("open"),
                row.getInt("room"),
                next == null ? Instant.MAX : next.toInstant(),
                row.getString("last_app"));
    }

    /** Read before the claim is committed: a database that goes away afterwards keeps no job from being sent. */
    private List<Turn> turns(List<Candidate> order, List<AppliedTransition> sent, Instant now) {
        var attempts = sent.stream()
                .collect(toMap(
                        AppliedTransition::jobId, one -> new Attempt(one.jobId(), one.attempt(), one.account(), now)));
        var claimed =
                jobs.findAll(attempts.keySet()).stream().collect(toMap(JobView::id, Function.<JobView>identity()));
        return order.stream()
                .map(one -> claimed.get(one.jobId()))
                .filter(Objects::nonNull)
                .map(job -> turn(job, requireNonNull(attempts.get(job.id()))))
                .toList();
    }

    private Turn turn(JobView job, Attempt attempt) {
        var body = jdbc.sql(BODY)
                .param(job.id())
                .query((row, _) -> new Body(
                        row.getString("seconds"),
                        row.getString("size"),
                        row.getTimestamp("until").toInstant(),
                        row.getBytes("body")))
                .single();
        return new Turn(job, body.seconds(), body.size(), attempt, body.until(), body.bytes());
    }
}
