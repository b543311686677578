package io.reelgate.opsapi;

import io.reelgate.operations.JobDetails;
import io.reelgate.operations.spend.ChargeCorrections;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /ops/api/jobs/{id}/charge}: says what a job came to; answers with the job as it is then. */
@RestController
class ChargeApi {

    private final ChargeCorrections corrections;
    private final JobDetails jobs;

    ChargeApi(ChargeCorrections corrections, JobDetails jobs) {
        this.corrections = corrections;
        this.jobs = jobs;
    }

    /**
     * What a job came to.
     *
     * @param amount a decimal number as a text, or as a number
     * @param note why
     */
    record Correction(@Nullable String amount, @Nullable String note) {}

    @PostMapping(JobsApi.PATH + "/{id}/charge")
    JobDetailJson correct(@PathVariable String id, Principal by, @RequestBody Correction correction) {
        return JobDetailJson.of(corrections.correct(id, correction.amount(), correction.note(), by.getName()), jobs);
    }
}
