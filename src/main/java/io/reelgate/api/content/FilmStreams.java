package io.reelgate.api.content;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.upstream.VideoContent;
import io.reelgate.web.AppError;
import io.reelgate.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The films that are being streamed: a few for each client address, and none for long to a reader that does not take it. Each
 * holds a connection to the upstream, of which there are only so many.
 */
@Component
class FilmStreams {

    private static final Logger log = LoggerFactory.getLogger(FilmStreams.class);

    private static final Duration RETRY_AFTER_FULL = Duration.ofSeconds(5);

    private final StreamingProperties properties;
    private final ConcurrentHashMap<String, Integer> places = new ConcurrentHashMap<>();
    private final Set<FilmTransfer> transfers = ConcurrentHashMap.newKeySet();
    private final Counter refused;
    private final Counter givenUp;

    FilmStreams(StreamingProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.refused = meters.counter("reelgate.films.refused");
        this.givenUp = meters.counter("reelgate.films.given.up");
        meters.gaugeCollectionSize("reelgate.films.streaming", List.of(), transfers);
    }

    /** A place for one more film for whoever sent this request, or 503 {@code overloaded}. */
    FilmPlace enter(HttpServletRequest request) {
        var network = ClientAddress.networkOf(request);
        var taken = places.merge(network, 1, Integer::sum);
        var place = new FilmPlace(ClientAddress.of(request), () -> leave(network));
        if (taken > properties.perAddress()) {
            place.close();
            refused.increment();
            throw AppError.of(
                            503,
                            "overloaded",
                            "As many films as may be are being streamed to your address (reelgate.streaming.per-address)")
                    .retryAfter(RETRY_AFTER_FULL);
        }
        return place;
    }

    /** Sends the film to its end; throws if the upstream breaks it off, the reader goes away, or does not take it. */
    void send(VideoContent.Stream film, FilmPlace place, OutputStream reader) throws IOException {
        var pace = new Pace(properties.longestStall(), properties.leastRate().toBytes());
        var transfer = new FilmTransfer(film, place, pace);
        transfers.add(transfer);
        try {
            transfer.run(reader);
        } finally {
            transfers.remove(transfer);
        }
    }

    private void leave(String network) {
        places.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    }

    /** The thread that waits for such a reader stays with it a while; the connection to the upstream, and the place, are free. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void giveUpWhatIsNotTaken() {
        for (var transfer : transfers) {
            if (transfer.giveUpIfTooSlow(System.nanoTime())) {
                givenUp.increment();
                log.info(
                        "A film is given up, since its reader at {} does not take it",
                        transfer.place().address());
            }
        }
    }
}
