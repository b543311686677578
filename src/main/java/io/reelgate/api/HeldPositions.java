package io.reelgate.api;

import io.reelgate.job.Hold;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Says of a job that waits where it stands, for answers about that job alone. */
@Component
public class HeldPositions {

    private static final Logger log = LoggerFactory.getLogger(HeldPositions.class);

    private final JobQueries jobs;

    HeldPositions(JobQueries jobs) {
        this.jobs = jobs;
    }

    /** The job with its position if it waits; as it is if that cannot be looked up, since no answer fails for it. */
    public JobView of(JobView job) {
        return job.status() == JobStatus.HELD && job.hold() != null ? at(job, job.hold()) : job;
    }

    private JobView at(JobView job, Hold hold) {
        try {
            var position = jobs.position(job.id());
            return position.isPresent() ? job.held(hold.at(position.getAsLong())) : job;
        } catch (DataAccessException | TransactionException away) {
            log.debug("The position of job {} is not known: {}", job.id(), away.toString());
            return job;
        }
    }
}
