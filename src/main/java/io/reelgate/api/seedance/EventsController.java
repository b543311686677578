package io.reelgate.api.seedance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.ContentUrl;
import io.reelgate.delivery.JobWatch;
import io.reelgate.delivery.WaitingPlaces;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.WaitsObservation;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET …/{id}/events}: an event with the status answer at once and at each change of status, until the job has ended (HTML's
 * server-sent events). A stream holds a connection, and a thread only while it is written to.
 */
@RestController
class EventsController implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventsController.class);

    private final AppAccess access;
    private final JobQueries history;
    private final JobWatch watch;
    private final WaitingPlaces places;
    private final JsonMapper json;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    EventsController(AppAccess access, JobQueries history, JobWatch watch, WaitingPlaces places, JsonMapper json) {
        this.access = access;
        this.history = history;
        this.watch = watch;
        this.places = places;
        this.json = json;
    }

    @GetMapping(path = AppRoutes.GENERATIONS + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var job = access.find(id, request);
        var event = new Event(job, history.lastEvent(job.id()), ContentUrl.of(job.id()));
        if (job.status().ended() && event.id().equals(lastId)) {
            // A 204 is how a browser is told not to come back.
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(UTF_8);
        response.setHeader("Cache-Control", "no-store");
        // nginx would keep events until its buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        var place = running && !job.status().ended()
                ? places.enter(ClientAddress.networkOf(request)).orElse(null)
                : null;
        if (place == null) {
            response.getOutputStream().write(bytes(event));
            return;
        }
        WaitsObservation.waits(request);
        open(event, place, request, response);
    }

    /**
     * A job to be told.
     *
     * @param id of the newest line of its timeline
     */
    private record Event(JobView job, String id, String contentUrl) {

        Event of(JobView now, String nowId) {
            return new Event(now, nowId, contentUrl);
        }
    }

    private void open(Event first, WaitingPlaces.Place place, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var async = request.startAsync();
        async.setTimeout(0); // the container's would end it with an error
        var stream = new OpenStream(first, place);
        stream.begin(new EventStream(async, response.getOutputStream(), stream::end));
        async.addListener(stream);
    }

    /** What belongs to a stream while it is open. */
    private final class OpenStream implements AsyncListener {

        private final Event first;
        private final WaitingPlaces.Place place;
        private JobWatch.@Nullable Watch watched;
        private @Nullable EventStream stream;

        private OpenStream(Event first, WaitingPlaces.Place place) {
            this.first = first;
            this.place = place;
        }

        void begin(EventStream opened) throws IOException {
            stream = opened;
            streams.add(opened);
            opened.send(bytes(first), false);
            watched = watch.watch(
                    first.job(),
                    now -> opened.send(
                            bytes(first.of(now, lastEvent(now))), now.status().ended()));
            opened.listen();
            if (!running) {
                opened.end();
            }
        }

        void end() {
            if (watched != null) {
                watched.close();
            }
            place.close();
            streams.remove(stream);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            close();
        }

        @Override
        public void onError(AsyncEvent event) {
            close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        private void close() {
            if (stream != null) {
                stream.end();
            }
        }
    }

    /** Without the database an event has no id; then a reconnect is told the state once more. */
    private String lastEvent(JobView job) {
        try {
            return history.lastEvent(job.id());
        } catch (DataAccessException | TransactionException away) {
            return "";
        }
    }

    private byte[] bytes(Event event) {
        var id = event.id().isEmpty() ? "" : "id: " + event.id() + "\n";
        var data = json.writeValueAsString(StatusJson.of(event.job(), event.contentUrl()));
        return (id + "event: status\ndata: " + data + "\n\n").getBytes(UTF_8);
    }

    @Scheduled(fixedDelayString = "1s", initialDelayString = "1s")
    void tick() {
        var now = System.nanoTime();
        streams.forEach(stream -> stream.tick(now));
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends all streams, before the web server would wait for them; their readers come back to another replica. */
    @Override
    public void stop() {
        running = false;
        var open = List.copyOf(streams);
        open.forEach(EventStream::end);
        if (!open.isEmpty()) {
            log.info("{} streams of events ended, since the gateway stops", open.size());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
