package io.reelgate.operations;

import io.reelgate.job.query.ReadPermits;
import io.reelgate.job.query.ReadPermits.Reader;
import io.reelgate.job.query.ReadsProperties;
import io.reelgate.web.ClientAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Lets few of ops' reads at once at the database, and says in ops' words that one took too long. Of the connections that these
 * reads have, one is left to the gauges.
 */
@Component
public class OpsReads {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** For what has begun to be answered already, and would break off. */
    private static final Duration LONGEST_WAIT_FOR_MORE = Duration.ofSeconds(30);

    private final ReadPermits permits;
    private final int each;

    OpsReads(ReadsProperties properties) {
        int most = properties.connections() - 1;
        this.permits = new ReadPermits(most);
        this.each = Math.max(1, most - 1);
    }

    /** What the read returns; throws {@link OpsProblem} if its turn does not come, or if it takes too long. */
    public <T> T run(Supplier<T> read) {
        return run(LONGEST_WAIT, read);
    }

    /** The same for the next piece of what has begun to be answered. */
    public <T> T goOn(Supplier<T> read) {
        return run(LONGEST_WAIT_FOR_MORE, read);
    }

    private <T> T run(Duration patience, Supplier<T> read) {
        try (var permit = permits.enter(patience, List.of(new Reader(caller(), each)))) {
            if (permit == null) {
                throw OpsProblem.tooManyReads();
            }
            return timed(read);
        }
    }

    /** The same for a read that is short and waits for no turn. */
    <T> T timed(Supplier<T> read) {
        try {
            return read.get();
        } catch (QueryTimeoutException e) {
            throw OpsProblem.tookTooLong();
        }
    }

    private static String caller() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                ? ClientAddress.of(now.getRequest())
                : "the gateway";
    }
}
