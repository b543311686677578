package io.reelgate.submission.hold;

import io.reelgate.admission.lane.HoldProperties;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.NewJob;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Whether there is room for one more job to wait: bodies are kept whole, and the table for them is not to grow without an end. */
@Component
public class HoldRoom {

    private static final Logger log = LoggerFactory.getLogger(HoldRoom.class);

    private final HeldRequests requests;
    private final Lanes lanes;
    private final long maxBody;
    private final long maxTotal;
    private volatile long total;

    HoldRoom(HeldRequests requests, Lanes lanes, HoldProperties properties) {
        this.requests = requests;
        this.lanes = lanes;
        this.maxBody = properties.maxBody().toBytes();
        this.maxTotal = properties.maxTotal().toBytes();
    }

    /** Whether a job of this model may begin to wait with this body; by the total of some seconds ago. */
    public boolean isFor(int account, String model, byte[] body) {
        return body.length <= maxBody
                && total + HeldRequests.size(body) <= maxTotal
                && lanes.hasRoomFor(account, model);
    }

    /** The terms on which a job may wait that is on record, if it may: so long from then on. */
    public @Nullable HoldTerms terms(NewJob job, byte[] body, Duration hold) {
        return hold.isPositive() && isFor(job.account(), job.model(), body)
                ? new HoldTerms(job.createdAt().plus(hold), body)
                : null;
    }

    /** The bytes that wait, as they count, as of the last look. */
    long total() {
        return total;
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "1s")
    void look() {
        try {
            total = requests.size();
        } catch (DataAccessException away) {
            log.debug("How much waits is not known, the database is away: {}", away.toString());
        }
    }
}
