package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.console.IncidentTimeline.Mark;
import io.reelgate.console.IncidentTimeline.Row;
import io.reelgate.console.IncidentTimeline.Span;
import io.reelgate.incidents.QuotaIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A day is 32 wide: 960 by 30. */
class IncidentTimelineTests {

    private static final Instant NOW = Instant.parse("2026-07-31T12:00:00Z");

    @Test
    void drawsAnIncidentWhereItWas() {
        assertThat(span(incident(ago(15), ago(10)))).isEqualTo(new Span(1, 480, 160, false));
    }

    @Test
    void drawsAnOpenIncidentUpToNow() {
        assertThat(span(incident(ago(5), null))).isEqualTo(new Span(1, 800, 160, true));
    }

    @Test
    void cutsWhatBeganBefore() {
        assertThat(span(incident(ago(45), ago(29)))).isEqualTo(new Span(1, 0, 32, false));
    }

    @Test
    void drawsAShortIncidentWideEnoughToBeSeen() {
        assertThat(span(incident(ago(15), ago(15).plusSeconds(1)))).isEqualTo(new Span(1, 480, 3, false));
    }

    /** It would begin at the right edge, and be outside. */
    @Test
    void drawsAnIncidentOfThisMomentInside() {
        assertThat(span(incident(NOW, null))).isEqualTo(new Span(1, 957, 3, true));
    }

    @Test
    void hasARowForEachModelByAlphabet() {
        var timeline = IncidentTimeline.of(
                List.of(incident("slow", ago(3)), incident("fast", ago(2)), incident("slow", ago(1))), NOW);

        assertThat(timeline.rows()).extracting(Row::model).containsExactly("fast", "slow");
        assertThat(timeline.rows()).extracting(Row::y).containsExactly(0, 34);
        assertThat(timeline.rows()).extracting(row -> row.spans().size()).containsExactly(1, 2);
        assertThat(timeline.height()).isEqualTo(34 * 2 + 22);
    }

    @Test
    void hasItsMarksThoughThereIsNoIncident() {
        var timeline = IncidentTimeline.of(List.of(), NOW);

        assertThat(timeline.rows()).isEmpty();
        assertThat(timeline.height()).isEqualTo(22);
        assertThat(timeline.marks()).hasSize(6);
    }

    @Test
    void marksTheBeginningOfEachFifthDay() {
        assertThat(IncidentTimeline.of(List.of(), NOW).marks())
                .startsWith(
                        new Mark(16, Instant.parse("2026-07-02T00:00:00Z")),
                        new Mark(176, Instant.parse("2026-07-07T00:00:00Z")))
                .endsWith(new Mark(816, Instant.parse("2026-07-27T00:00:00Z")));
    }

    private static Span span(QuotaIncident incident) {
        return IncidentTimeline.of(List.of(incident), NOW)
                .rows()
                .getFirst()
                .spans()
                .getFirst();
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static QuotaIncident incident(String model, Instant openedAt) {
        return new QuotaIncident(1, model, openedAt, NOW, 1, "no money", null, null);
    }

    private static QuotaIncident incident(Instant openedAt, @Nullable Instant closedAt) {
        return new QuotaIncident(1, "fast", openedAt, closedAt, 1, "no money", null, null);
    }
}
