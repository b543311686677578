package io.reelgate.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.reelgate.MutableClock;
import io.reelgate.delivery.webhook.DeliveryTickets.Share;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and which receivers are in trouble. */
class DeliveryTicketsTests {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final OwnDatabase database = new OwnDatabase();

    private final DeliveryTickets tickets = new DeliveryTickets(database.jdbc);
    private final DeliveryRecord record = new DeliveryRecord(
            database.jdbc, database.jdbc, mock(DeliverySender.class), new MutableClock(Instant.now()));

    @BeforeEach
    void empty() {
        database.jdbc.sql("delete from delivery").update();
        if (database.jdbc
                        .sql("select count(*) from video_job")
                        .query(Long.class)
                        .single()
                == 0) {
            database.store.intend(OwnDatabase.job());
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void eachReceiverHasItsShare() {
        due("http://dead", "shop", 100, 0);
        due("http://well", "news", 1, 0);

        assertThat(claim(Map.of(), Map.of()))
                .extracting(DeliveryTicket::origin)
                .containsExactlyInAnyOrder("http://dead", "http://dead", "http://dead", "http://dead", "http://well");
    }

    @Test
    void whatIsUnderWayCounts() {
        due("http://slow", "shop", 100, 0);
        due("http://well", "shop", 100, 0);

        assertThat(claim(Map.of("http://slow", 3), Map.of("shop", 13)))
                .extracting(DeliveryTicket::origin)
                .hasSize(3)
                .containsOnlyOnce("http://slow");
    }

    /** Eight dead receivers would have all places else, for fifteen seconds each time. */
    @Test
    void receiversThatDoNotTakeTheirsShareAQuarter() {
        for (int i = 0; i < 20; i++) {
            due("http://dead" + i, "dead" + i, 50, 1);
        }
        due("http://well", "dead1", 3, 0);

        var claimed = claim(Map.of(), Map.of());

        assertThat(claimed)
                .filteredOn(ticket -> ticket.origin().contains("dead"))
                .hasSize(8);
        assertThat(claimed)
                .filteredOn(ticket -> ticket.origin().equals("http://well"))
                .hasSize(3);
        due("http://well", "dead1", 3, 0);
        assertThat(claim(Map.of("http://dead0", 4, "http://dead1", 4), Map.of()))
                .extracting(DeliveryTicket::origin)
                .containsOnly("http://well");
    }

    /** An app's own dead receivers do not take all of its places. */
    @Test
    void anAppsDeadReceiversLeaveItPlaces() {
        for (int i = 0; i < 20; i++) {
            due("http://dead" + i, "shop", 5, 1);
        }
        due("http://well", "shop", 4, 0);

        assertThat(claim(Map.of(), Map.of()))
                .filteredOn(ticket -> ticket.origin().equals("http://well"))
                .hasSize(4);
    }

    @Test
    void behindABacklogOfManyReceiversTheNewestIsSeenToo() {
        for (int i = 0; i < 40; i++) {
            due("http://dead" + i, "dead" + i, 50, 1);
        }
        due("http://middle", "shop", 1, 0);
        database.jdbc
                .sql("update delivery set due_at = now() - interval '1 hour' where origin = 'http://middle'")
                .update();
        database.jdbc
                .sql("update delivery set due_at = now() - interval '30 minutes' where origin < 'http://dead2'")
                .update();
        due("http://well", "shop", 1, 0);

        assertThat(claim(Map.of(), Map.of()))
                .extracting(DeliveryTicket::origin)
                .contains("http://well", "http://middle");
    }

    @Test
    void whatIsDueLaterIsLeftAlone() {
        due("http://later", "shop", 5, 1);
        database.jdbc
                .sql("update delivery set due_at = now() + interval '1 hour'")
                .update();

        assertThat(claim(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void aReceiverThatHasTakenNothingForADayIsFailing() {
        due("http://dead", "shop", 2, 3);
        age("http://dead", "30 hours");
        due("http://late", "shop", 1, 3);
        due("http://untried", "shop", 1, 0);
        age("http://untried", "30 hours");
        due("http://back", "shop", 1, 3);
        age("http://back", "30 hours");
        ended("http://back", "delivered", "1 hour");
        ended("http://given-up", "failed", "50 hours");
        ended("http://given-up-since-well", "failed", "50 hours");
        ended("http://given-up-since-well", "delivered", "40 hours");
        ended("http://given-up-long-ago", "failed", "200 hours");

        assertThat(record.failing())
                .extracting(FailingReceiver::origin, FailingReceiver::app, FailingReceiver::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http://given-up", "shop", DeliveryState.FAILED),
                        org.assertj.core.groups.Tuple.tuple("http://dead", "shop", DeliveryState.WAITING));
    }

    @Test
    void whatAReopeningOvertookIsNoReceiversFault() {
        ended("http://well", "failed", "50 hours");
        database.jdbc
                .sql("update delivery set last_error = ?")
                .param(DeliverySender.OVERTAKEN)
                .update();

        assertThat(record.failing()).isEmpty();
    }

    private List<DeliveryTicket> claim(Map<String, Integer> receivers, Map<String, Integer> apps) {
        return tickets.claim(32, LEASE, new Share(4, receivers), new Share(16, apps), 8);
    }

    private static void due(String origin, String app, int many, int attempts) {
        database.jdbc.sql("""
                        insert into delivery (id, job_id, app, url, origin, base_url, type, due_at, attempts)
                        select 'msg_' || gen_random_uuid(), (select min(id) from video_job), ?, ?, ?, '', 'video.failed',
                          now() - interval '1 second', ?
                        from generate_series(1, ?)
                        """).params(app, origin, origin, attempts, many).update();
    }

    private static void age(String origin, String interval) {
        database.jdbc
                .sql("update delivery set created_at = now() - ?::interval where origin = ?")
                .params(interval, origin)
                .update();
    }

    private static void ended(String origin, String state, String ago) {
        var hours = Integer.parseInt(ago.substring(0, ago.indexOf(' ')));
        database.jdbc
                .sql("""
                        insert into delivery (id, job_id, app, url, origin, base_url, type, state, attempts, created_at, delivered_at)
                        select ?, (select min(id) from video_job), 'shop', ?, ?, '', 'video.failed', ?, 10, now() - ?::interval,
                          case when ? then now() - ?::interval end
                        """)
                .params(EventType.newId(Instant.now().minus(Duration.ofHours(hours))), origin, origin, state, ago)
                .params(state.equals("delivered"), ago)
                .update();
    }
}
