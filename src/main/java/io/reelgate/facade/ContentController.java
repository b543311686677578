package io.reelgate.facade;

import io.reelgate.job.JobHistory;
import io.reelgate.job.JobStatus;
import io.reelgate.job.JobView;
import io.reelgate.upstream.Film;
import io.reelgate.upstream.UpstreamClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/{id}/content}: the film itself, by redirect while its link lives, else streamed from the upstream. */
@RestController
class ContentController {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final JobHistory history;
    private final UpstreamClient upstream;
    private final Clock clock;

    ContentController(JobHistory history, UpstreamClient upstream, Clock clock) {
        this.history = history;
        this.upstream = upstream;
        this.clock = clock;
    }

    @GetMapping(GenerationsController.PATH + "/{id}/content")
    void content(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var job = history.find(id).orElseThrow(() -> GenerationsController.unknown(id));
        var film = job.film();
        if (job.status() != JobStatus.SUCCEEDED || film == null) {
            throw AppError.of(
                    409,
                    "not_completed",
                    "There is no video: the job is "
                            + AppStatus.of(job.status()).word());
        }
        var expiresAt = film.urlExpiresAt();
        if (expiresAt != null && expiresAt.isBefore(clock.instant())) {
            throw AppError.of(410, "expired", "The link to the video expired at " + expiresAt);
        }
        if (film.url() != null) {
            redirect(response, film.url());
        } else {
            stream(job, HttpMethod.HEAD.matches(request.getMethod()), response);
        }
    }

    private void stream(JobView job, boolean headOnly, HttpServletResponse response) throws IOException {
        var taskId = job.upstreamTaskId();
        if (taskId == null) {
            throw unavailable("its upstream id is not on record");
        }
        switch (upstream.film(taskId)) {
            case Film.Elsewhere(URI location) -> redirect(response, location.toASCIIString());
            case Film.Unavailable(var reason) -> throw unavailable(reason);
            case Film.Stream stream -> {
                try (stream) {
                    send(stream, headOnly, response);
                }
            }
        }
    }

    private static void send(Film.Stream stream, boolean headOnly, HttpServletResponse response) throws IOException {
        response.setContentType(stream.contentType() == null ? "video/mp4" : stream.contentType());
        if (stream.length() >= 0) {
            response.setContentLengthLong(stream.length());
        }
        if (headOnly) {
            return;
        }
        try {
            stream.body().transferTo(response.getOutputStream());
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e;
            }
            throw unavailable("it broke off");
        }
    }

    private static void redirect(HttpServletResponse response, String location) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader(HttpHeaders.LOCATION, location);
    }

    private static AppError unavailable(String reason) {
        return AppError.of(503, "content_unavailable", "The video cannot be fetched now: " + reason)
                .retryAfter(A_WHILE);
    }
}
