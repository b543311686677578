package io.reelgate.admission.lane;

import io.reelgate.job.HoldReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The lanes on record. What they were at the last look is in memory, so a submission asks nobody; what changes them is written at
 * once, whatever replica it comes from.
 */
@Component
public class Lanes {

    /** Models are what callers say: whoever makes them up must not fill the table. With so many lanes, no job begins to wait for another. */
    static final int MOST = 1_000;

    /** More attempts at once would be a flood, and their bodies lie in memory. */
    private static final int MOST_ROOM = 256;

    /** A whole account's lane counts before those of its models. */
    private static final String ALL =
            "select account, model, reason, message, since, next_try_at, tries, room from lane order by account, model";

    // The pause is a tenth shorter by chance; of a lane that was open, what is to come is the first.
    private static final String CLOSE = """
            insert into lane as lane (account, model, state, reason, message, since, next_try_at)
            values (:account, :model, 'closed', :reason, :message, :at,
              :at + coalesce(nullif(:asked, 0), :first) * interval '1 millisecond')
            on conflict (account, model) do update set state = 'closed', reason = excluded.reason, message = excluded.message,
              room = 1,
              since = case when lane.state = 'closed' then lane.since else excluded.since end,
              tries = case when lane.state = 'open' then 0 when lane.since < :tried then lane.tries + 1 else lane.tries end,
              next_try_at = case when lane.state = 'open' then excluded.next_try_at
                when lane.since < :tried then :at + coalesce(nullif(:asked, 0),
                  least(:first * power(2, least(lane.tries + 1, 20)), :longest) * (0.9 + random() / 10))
                  * interval '1 millisecond'
                else greatest(lane.next_try_at, :at + :asked * interval '1 millisecond') end
            """;

    private static final String OPEN_FOR_QUEUE = """
            insert into lane (account, model, state, reason, message, since)
            values (:account, :model, 'open', :reason, :message, :at)
            -- Locks it: whoever finds that nothing waits for it must not remove it now.
            on conflict (account, model) do update set room = lane.room
            """;

    // What was sent before the lane closed tells nothing of how it is now.
    private static final String ACCEPTED = """
            update lane set state = 'open', next_try_at = null, tries = 0,
              room = case when state = 'closed' then 2 else least(room + 1, :most) end,
              since = case when state = 'closed' then :at else since end
            where account = :account and model = :model and (state = 'open' or since < :sent)
            """;

    private static final String ACCOUNT_ANSWERED =
            "delete from lane where account = :account and model = '' and since < :sent";

    private static final String SOON = """
            update lane set next_try_at = least(next_try_at, :at)
            where account = :account and reason in ('balance', 'unreachable') and state = 'closed' and next_try_at > :at
            """;

    private final JdbcClient jdbc;
    private final HoldProperties properties;
    private volatile Map<Key, Lane> known = Map.of();

    private record Key(int account, String model) {}

    public Lanes(JdbcClient jdbc, HoldProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Looks all lanes up; what is found is what others know from then on. */
    public List<Lane> refresh() {
        var all = all();
        known = all.stream()
                .collect(Collectors.toMap(lane -> new Key(lane.account(), lane.model()), Function.identity()));
        return all;
    }

    /** The lanes as they are on record now, by account and model. */
    public List<Lane> all() {
        return jdbc.sql(ALL).query((row, _) -> lane(row)).list();
    }

    /** The lane that a job of this model has to wait in, as of the last look; empty if it may go. */
    public Optional<Lane> waitingFor(int account, String model) {
        var lanes = known;
        if (lanes.isEmpty()) {
            return Optional.empty();
        }
        var whole = lanes.get(new Key(account, Lane.WHOLE_ACCOUNT));
        return Optional.ofNullable(whole != null ? whole : lanes.get(new Key(account, model)));
    }

    /** Whether a job of this model could begin to wait, as far as the number of lanes is concerned. */
    public boolean hasRoomFor(int account, String model) {
        return known.size() < MOST || known.containsKey(new Key(account, model));
    }

    /** Whether there is any lane, as of the last look. */
    boolean isAnyKnown() {
        return !known.isEmpty();
    }

    /** Whether the end of another job may be what is waited for, as of the last look. */
    boolean isEndWaitedFor() {
        return known.values().stream()
                .anyMatch(lane -> !lane.isOpen()
                        && (lane.reason() == HoldReason.BALANCE || lane.reason() == HoldReason.UNREACHABLE));
    }

    /**
     * An attempt met this trouble: the lane is closed, or stays so. While the whole account's is, what tells nothing of that keeps it
     * closed.
     *
     * @param tried when it was sent, of a job that had waited; the pause grows only by what was sent since the lane closed
     * @param asked the pause that the upstream asked for
     */
    void close(
            int account,
            String model,
            HoldReason reason,
            String message,
            @Nullable Instant tried,
            @Nullable Duration asked,
            Instant at) {
        boolean whole = reason.ofWholeAccount() || !reason.isAnswered() && isWholeAccountClosed(account);
        if (whole) {
            queue(account, model, reason, message, at);
        }
        jdbc.sql(CLOSE)
                .param("account", account)
                .param("model", whole ? Lane.WHOLE_ACCOUNT : model)
                .param("reason", reason.word())
                .param("message", message)
                .param("tried", tried == null ? null : tried.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("asked", asked == null ? 0 : asked.toMillis())
                .param("first", properties.firstTry().toMillis())
                .param("longest", properties.longestPause().toMillis())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A job waits that the upstream is not the cause of: it has a lane in which its turn comes. */
    void queue(int account, String model, HoldReason reason, String message, Instant at) {
        jdbc.sql(OPEN_FOR_QUEUE)
                .param("account", account)
                .param("model", model)
                .param("reason", reason.word())
                .param("message", message)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The upstream answered an attempt that was sent then: neither its address nor the key is the trouble any more. */
    void answered(int account, Instant sent) {
        if (isWholeAccountClosed(account)) {
            jdbc.sql(ACCOUNT_ANSWERED)
                    .param("account", account)
                    .param("sent", sent.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** A job was accepted that was sent then. */
    void accepted(int account, String model, Instant sent, Instant at) {
        answered(account, sent);
        jdbc.sql(ACCEPTED)
                .param("account", account)
                .param("model", model)
                .param("most", MOST_ROOM)
                .param("sent", sent.atOffset(ZoneOffset.UTC))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A job of this account ended: its lanes that wait for money, or for the upstream to answer, are tried at this instant at the latest. */
    void tryAfterEnd(int account, Instant at) {
        jdbc.sql(SOON)
                .param("account", account)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private boolean isWholeAccountClosed(int account) {
        return known.containsKey(new Key(account, Lane.WHOLE_ACCOUNT));
    }

    /** Has all closed lanes tried at this instant at the latest; returns how many. */
    public int tryNow(Instant at) {
        return jdbc.sql("update lane set next_try_at = least(next_try_at, ?) where state = 'closed'")
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The same with this lane alone, if it is closed. */
    public int tryNow(int account, String model, Instant at) {
        return jdbc.sql(
                        "update lane set next_try_at = least(next_try_at, ?) where state = 'closed' and account = ? and model = ?")
                .params(at.atOffset(ZoneOffset.UTC), account, model)
                .update();
    }

    private static Lane lane(ResultSet row) throws SQLException {
        var next = row.getTimestamp("next_try_at");
        return new Lane(
                row.getInt("account"),
                row.getString("model"),
                HoldReason.of(row.getString("reason")),
                row.getString("message"),
                row.getTimestamp("since").toInstant(),
                next == null ? null : next.toInstant(),
                row.getInt("tries"),
                row.getInt("room"));
    }
}
