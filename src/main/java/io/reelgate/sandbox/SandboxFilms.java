package io.reelgate.sandbox;

import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The simulated upstream's films, which are one and the same: by the API with a key, and by their URL without. It can be told to
 * forget one, as the real upstream does after a day, to see whether the gateway has kept it.
 */
@RestController
@Profile("sandbox")
@Hidden
@RequestMapping("/sandbox/upstream")
class SandboxFilms {

    private static final Resource FILM = new ClassPathResource("sandbox/film.mp4");
    private static final MediaType MP4 = MediaType.parseMediaType("video/mp4");

    /** Tasks whose films can be forgotten: more than anybody tries by hand. */
    private static final int MOST_FORGOTTEN = 1_000;

    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    private final Clock clock;

    SandboxFilms(Clock clock) {
        this.clock = clock;
    }

    @GetMapping("/v1/videos/{task_id}/content")
    ResponseEntity<Resource> content(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @PathVariable("task_id") String taskId) {
        Bearer.require(authorization);
        var task = SimulatedTask.of(taskId)
                .filter(known -> known.ending() != Ending.LOSS && !forgotten.contains(taskId))
                .orElseThrow(Refusal::unknownTask);
        var state = task.stateAt(clock.instant());
        if (state != TaskState.SUCCESS) {
            throw Refusal.notReady(state.name());
        }
        return ResponseEntity.ok().contentType(MP4).body(FILM);
    }

    /** Answers requests for ranges, without which browsers cannot seek, and 403 once the URL has ended. */
    @GetMapping("/films/{task_id}.mp4")
    ResponseEntity<?> film(@PathVariable("task_id") String taskId) {
        var now = clock.instant();
        var found = SimulatedTask.of(taskId)
                .filter(task -> hasUrl(task.ending()) && !now.isBefore(task.end()) && !forgotten.contains(taskId));
        if (found.isEmpty()) {
            return storesError(HttpStatus.NOT_FOUND, "NoSuchKey", "The specified key does not exist.");
        }
        var left = Duration.between(now, found.get().end().plus(found.get().urlLife()));
        if (!left.isPositive()) {
            return storesError(HttpStatus.FORBIDDEN, "AccessDenied", "Request has expired");
        }
        return ResponseEntity.ok()
                .contentType(MP4)
                .cacheControl(CacheControl.maxAge(left).cachePrivate())
                .body(FILM);
    }

    /** Forgets this task's film, until the process ends. */
    @DeleteMapping("/films/{task_id}.mp4")
    ResponseEntity<?> forget(@PathVariable("task_id") String taskId) {
        if (SimulatedTask.of(taskId).isEmpty()) {
            return storesError(HttpStatus.NOT_FOUND, "NoSuchKey", "The specified key does not exist.");
        }
        if (forgotten.size() >= MOST_FORGOTTEN) {
            return storesError(HttpStatus.SERVICE_UNAVAILABLE, "SlowDown", "As many films are forgotten as can be.");
        }
        forgotten.add(taskId);
        return ResponseEntity.noContent().build();
    }

    private static boolean hasUrl(Ending ending) {
        return switch (ending) {
            case FILM, FILM_WITH_DEAD_URL -> true;
            case FILM_WITHOUT_URL, FAILURE, LOSS -> false;
        };
    }

    /** An object store speaks XML. */
    private static ResponseEntity<?> storesError(HttpStatus status, String code, String message) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_XML)
                .body("<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
    }
}
