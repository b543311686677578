package io.reelgate.operations.spend;

import io.reelgate.billing.charge.Corrections;
import io.reelgate.job.query.JobView;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.OpsProblem;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** What ops say that a job came to. */
@Service
public class ChargeCorrections {

    private static final Logger log = LoggerFactory.getLogger(ChargeCorrections.class);

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_AMOUNT = 20;
    private static final int SCALE = 6;
    private static final BigDecimal MOST = new BigDecimal(1_000_000);

    private final JobDetails jobs;
    private final Corrections corrections;

    ChargeCorrections(JobDetails jobs, Corrections corrections) {
        this.jobs = jobs;
        this.corrections = corrections;
    }

    /**
     * Says what a job came to, and returns it as it is then; throws {@link OpsProblem} if that was not done.
     *
     * @param id whichever of the job's ids
     * @param amount a decimal number, 0 included
     * @param note why: it stands with the charge for ever
     */
    public JobView correct(String id, @Nullable String amount, @Nullable String note, String by) {
        var job = jobs.find(id);
        var sum = amount(amount);
        if (note == null || note.isBlank()) {
            throw OpsProblem.parameter("note", "note must say why, in at most " + LONGEST_NOTE + " characters");
        }
        if (note.length() > LONGEST_NOTE) {
            throw OpsProblem.parameter("note", "note must have at most " + LONGEST_NOTE + " characters");
        }
        if (!corrections.correct(job.id(), sum, note.strip(), by)) {
            throw OpsProblem.of(
                    HttpStatus.CONFLICT,
                    "Job %s is %s: what it comes to can be said once it has ended"
                            .formatted(job.id(), job.status().word()));
        }
        log.info("Job {} charge_corrected to {} by {}", job.id(), sum.toPlainString(), by);
        return jobs.find(job.id());
    }

    private static BigDecimal amount(@Nullable String text) {
        try {
            var amount = text == null || text.strip().length() > LONGEST_AMOUNT ? null : new BigDecimal(text.strip());
            if (amount != null
                    && amount.signum() >= 0
                    && amount.compareTo(MOST) <= 0
                    && amount.stripTrailingZeros().scale() <= SCALE) {
                return amount.signum() == 0 ? BigDecimal.ZERO : amount;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw OpsProblem.parameter(
                "amount", "amount must be a decimal number from 0 to 1000000 with at most six places, such as 5.0094");
    }
}
