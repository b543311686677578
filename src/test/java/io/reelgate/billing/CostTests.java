package io.reelgate.billing;

import static io.reelgate.job.JobStatus.CANCELLED;
import static io.reelgate.job.JobStatus.EXPIRED;
import static io.reelgate.job.JobStatus.FAILED;
import static io.reelgate.job.JobStatus.HELD;
import static io.reelgate.job.JobStatus.IN_PROGRESS;
import static io.reelgate.job.JobStatus.QUEUED;
import static io.reelgate.job.JobStatus.REJECTED;
import static io.reelgate.job.JobStatus.SUBMITTING;
import static io.reelgate.job.JobStatus.SUCCEEDED;
import static io.reelgate.job.JobStatus.UNAVAILABLE;
import static io.reelgate.job.JobStatus.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.Estimate;
import io.reelgate.job.JobStatus;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a job costs as it stands. */
class CostTests {

    private static final Estimate ESTIMATE = new Estimate(108_900, new BigDecimal("46"), "CNY");

    @Test
    void isTheEstimateUntilTheEnd() {
        for (var status : List.of(HELD, SUBMITTING, QUEUED, IN_PROGRESS, UNCONFIRMED)) {
            assertThat(cost(status, null, null)).as(status.word()).isEqualTo("5.009400 estimate");
        }
    }

    @Test
    void isWhatTheTokensCostOfAFilmThatIsThere() {
        assertThat(cost(SUCCEEDED, null, 48_437L)).isEqualTo("2.228102 usage");
        assertThat(cost(SUCCEEDED, null, null)).isEqualTo("5.009400 estimate");
    }

    @Test
    void isNothingWhereNothingWasBought() {
        for (var status : List.of(REJECTED, UNAVAILABLE, CANCELLED)) {
            assertThat(cost(status, null, null)).as(status.word()).isEqualTo("0 usage");
        }
        assertThat(cost(FAILED, "OutputVideoSensitiveContentDetected", null)).isEqualTo("0 usage");
        assertThat(cost(FAILED, "submission_lost", null)).isEqualTo("0 usage");
    }

    @Test
    void isTheEstimateOfWhatMayHaveBeenBought() {
        assertThat(cost(EXPIRED, "expired", null)).isEqualTo("5.009400 estimate");
        assertThat(cost(FAILED, "task_lost", null)).isEqualTo("5.009400 estimate");
        assertThat(cost(FAILED, "submission_unconfirmed", null)).isEqualTo("5.009400 estimate");
    }

    @Test
    void isWhatOpsSayBeforeEverythingElse() {
        var cost = Cost.of(Standing.POSSIBLY_SPENT, null, ESTIMATE, new BigDecimal("3.50"));

        assertThat(cost).isEqualTo(new Cost(Standing.SETTLED, 108_900, new BigDecimal("3.50"), "CNY"));
    }

    @Test
    void isUnknownWithoutAPriceAndNeverNothing() {
        assertThat(Cost.of(Standing.IN_FLIGHT, null, new Estimate(108_900, null, null), null))
                .isNull();
        assertThat(Cost.of(Standing.SETTLED, 108_900L, null, null)).isNull();
    }

    @Test
    void isRoundedOnceToSixPlaces() {
        assertThat(Money.of(3, new BigDecimal("0.5"))).isEqualTo("0.000002");
        assertThat(Money.of(50_638, new BigDecimal("46.123457"))).isEqualTo("2.335600");
        assertThat(Money.text(new BigDecimal("0.000000"))).isEqualTo("0");
        assertThat(Money.text(new BigDecimal("12"))).isEqualTo("12.000000");
    }

    private static String cost(JobStatus status, @Nullable String code, @Nullable Long tokens) {
        var cost = Cost.of(Standing.of(status, code, tokens), tokens, ESTIMATE, null);
        return cost == null ? "unknown" : Money.text(cost.amount()) + " " + cost.basis();
    }
}
