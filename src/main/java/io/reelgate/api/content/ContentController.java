package io.reelgate.api.content;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.AppStatus;
import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.library.FilmLibrary;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.VideoContent;
import io.reelgate.upstream.account.Accounts;
import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.apache.coyote.CloseNowException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/{id}/content}: the film itself: from the archive, or by redirect while its link lives, or streamed from the upstream. */
@RestController
public class ContentController {

    private static final Duration RETRY_AFTER_UNAVAILABLE = Duration.ofSeconds(10);

    private final AppAccess access;
    private final UpstreamClient upstream;
    private final Accounts accounts;
    private final FilmStreams streams;
    private final FilmLibrary library;
    private final KeptFilms keptFilms;
    private final Clock clock;

    ContentController(
            AppAccess access,
            UpstreamClient upstream,
            Accounts accounts,
            FilmStreams streams,
            FilmLibrary library,
            KeptFilms keptFilms,
            Clock clock) {
        this.library = library;
        this.keptFilms = keptFilms;
        this.access = access;
        this.upstream = upstream;
        this.accounts = accounts;
        this.streams = streams;
        this.clock = clock;
    }

    /** Answers with the film, however it is to be had. */
    @GetMapping(AppRoutes.GENERATIONS + "/{id}/content")
    public void content(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Most that are asked for are kept, by their own id; then nothing else needs to be known of the job, but
        // where jobs of some app are out of this caller's reach.
        boolean atOnce = JobId.looksLike(id) && access.reachesAll(request);
        var kept = atOnce ? keptFilms.send(id, request, response) : KeptFilms.Sent.NOT_KEPT;
        if (kept == KeptFilms.Sent.SENT) {
            return;
        }
        var job = access.find(id, request);
        var film = job.film();
        if (job.status() != JobStatus.SUCCEEDED || film == null) {
            throw AppError.of(
                    409,
                    "not_completed",
                    "There is no video: the job is "
                            + AppStatus.of(job.status()).word());
        }
        if (job.kept() && !(atOnce && job.id().equals(id))) {
            kept = keptFilms.send(job.id(), request, response);
            if (kept == KeptFilms.Sent.SENT) {
                return;
            }
        }
        var expiresAt = film.urlExpiresAt();
        if (expiresAt != null && expiresAt.isBefore(clock.instant())) {
            throw kept == KeptFilms.Sent.STORE_AWAY
                    ? unavailable("the archive that keeps it is away")
                    : expired(job.id(), expiresAt);
        }
        if (film.url() != null) {
            redirect(response, film.url());
        } else {
            stream(job, request, response);
        }
    }

    private AppError expired(String jobId, Instant expiresAt) {
        var state = library.find(jobId).map(FilmRecord::state).orElse(null);
        var why = switch (state) {
            case REMOVED -> "The video was kept, and was deleted when its time was over (reelgate.archive.retention)";
            case KEPT -> "The video was kept, and is gone from the archive; its link expired at " + expiresAt;
            case WAITING, MISSING ->
                "The link to the video expired at %s, before it could be kept".formatted(expiresAt);
            case null -> "The link to the video expired at " + expiresAt;
        };
        return AppError.of(410, "expired", why);
    }

    private void stream(JobView job, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var taskId = job.upstreamTaskId();
        if (taskId == null) {
            throw unavailable("its upstream id is not on record");
        }
        if (!accounts.serves(job.account())) {
            throw unavailable("it is with an account of the upstream that this gateway is not configured for");
        }
        try (var place = streams.enter(request)) {
            switch (upstream.film(taskId, wanted(request))) {
                case VideoContent.Elsewhere(URI location) -> redirect(response, location.toASCIIString());
                case VideoContent.Unavailable(var reason) -> throw unavailable(reason);
                case VideoContent.OutOfRange(var contentRange) ->
                    throw ContentErrors.outOfRange(contentRange, response);
                case VideoContent.Stream film -> {
                    try (film) {
                        send(film, place, request, response);
                    }
                }
            }
        }
    }

    /** A look at the headers is one at those of the whole (RFC 9110, 14.2). */
    private static RangeRequest wanted(HttpServletRequest request) {
        return isHead(request)
                ? RangeRequest.WHOLE
                : RangeRequest.of(
                        Collections.list(request.getHeaders(HttpHeaders.RANGE)),
                        Collections.list(request.getHeaders(HttpHeaders.IF_RANGE)));
    }

    private void send(
            VideoContent.Stream film, FilmPlace place, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        announce(film, response);
        if (isHead(request)) {
            return;
        }
        try {
            streams.send(film, place, response.getOutputStream());
        } catch (IOException e) {
            if (response.isCommitted()) {
                // Breaks the connection, or the app would take a part for the whole; without a stack trace for each.
                throw new CloseNowException(e);
            }
            takeBack(film, response);
            throw unavailable("it broke off");
        }
    }

    private static void announce(VideoContent.Stream film, HttpServletResponse response) {
        response.setContentType(film.contentType() == null ? "video/mp4" : film.contentType());
        if (film.length() >= 0) {
            response.setContentLengthLong(film.length());
        }
        film.headers().forEach(response::setHeader);
        if (film.contentRange() != null) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, film.contentRange());
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        }
    }

    /** What was said of the film is not true of an error. */
    private static void takeBack(VideoContent.Stream film, HttpServletResponse response) {
        film.headers().keySet().forEach(name -> response.setHeader(name, null));
        response.setHeader(HttpHeaders.CONTENT_RANGE, null);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, null);
    }

    private static boolean isHead(HttpServletRequest request) {
        return HttpMethod.HEAD.matches(request.getMethod());
    }

    private static void redirect(HttpServletResponse response, String location) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader(HttpHeaders.LOCATION, location);
    }

    private static AppError unavailable(String reason) {
        return AppError.of(503, "content_unavailable", "The video cannot be fetched now: " + reason)
                .retryAfter(RETRY_AFTER_UNAVAILABLE);
    }
}
