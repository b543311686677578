package io.reelgate.sandbox;

import io.reelgate.sandbox.Wish.Trouble;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A simulated upstream: answers as the real one does, in its own words, but takes seconds and costs nothing. */
@RestController
@Profile("sandbox")
@RequestMapping(SandboxUpstream.PATH)
class SandboxUpstream {

    static final String PATH = "/sandbox/upstream";

    private static final String HEADER = "X-Reelgate-Sandbox";
    private static final String RUBBISH = "<html><body>Bad gateway? No: [garbage], as you asked.</body></html>";
    private static final Resource FILM = new ClassPathResource("sandbox/film.mp4");
    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int A_DAY = 86_400;

    private final SandboxProperties properties;
    private final Patience patience;
    private final JsonMapper json;
    private final Clock clock;

    SandboxUpstream(SandboxProperties properties, Patience patience, JsonMapper json, Clock clock) {
        this.properties = properties;
        this.patience = patience;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping("/v1/video/generations")
    ResponseEntity<?> submit(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody byte[] body) {
        if (!isKey(authorization)) {
            return error(HttpStatus.UNAUTHORIZED, "invalid_api_key", "No API key was sent");
        }
        Wish wish;
        try {
            wish = new Wish(json.readTree(body));
        } catch (JacksonException e) {
            return error(HttpStatus.BAD_REQUEST, "invalid_request", "The body is not valid JSON");
        }
        return wish.hasSecondsOfTheWrongType()
                ? error(HttpStatus.BAD_REQUEST, "invalid_request", "seconds must be a string")
                : submit(wish);
    }

    private ResponseEntity<?> submit(Wish wish) {
        if (wish.asksFor(Trouble.QUOTA)) {
            return error(HttpStatus.PAYMENT_REQUIRED, "insufficient_quota", "Insufficient balance");
        }
        if (wish.asksFor(Trouble.THROTTLE)) {
            return error(HttpStatus.TOO_MANY_REQUESTS, "rate_limit_exceeded", "Too many requests");
        }
        if (wish.asksFor(Trouble.SLOW)) {
            patience.spend(properties.slowAnswer());
        }
        if (wish.asksFor(Trouble.TIMEOUT)) {
            patience.spend(properties.noAnswer());
            return answer(HttpStatus.GATEWAY_TIMEOUT).build();
        }
        if (wish.asksFor(Trouble.GARBAGE)) {
            return answer(HttpStatus.OK).contentType(MediaType.TEXT_HTML).body(RUBBISH);
        }
        var task = SandboxTask.submitted(
                clock.instant(), properties.taskLength(), wish.asksFor(Trouble.FAIL), wish.tokens());
        var accepted = new LinkedHashMap<String, Object>();
        accepted.put("id", task.id());
        accepted.put("task_id", task.id());
        accepted.put("object", "video");
        accepted.put("model", wish.model());
        accepted.put("status", "queued");
        accepted.put("progress", 0);
        accepted.put("created_at", task.start().getEpochSecond());
        return json(HttpStatus.OK, accepted);
    }

    @GetMapping("/v1/video/generations/{id}")
    ResponseEntity<?> query(@PathVariable String id) {
        var known = SandboxTask.of(id);
        if (known.isEmpty()) {
            var unknown = new LinkedHashMap<String, @Nullable Object>();
            unknown.put("code", "task_not_exist");
            unknown.put("message", "task_not_exist");
            unknown.put("data", null);
            return json(HttpStatus.BAD_REQUEST, unknown);
        }
        var data = describe(known.get());
        return json(HttpStatus.OK, Map.of("code", "success", "message", "", "data", data));
    }

    private Map<String, Object> describe(SandboxTask task) {
        var now = clock.instant();
        var data = new LinkedHashMap<String, Object>();
        data.put("task_id", task.id());
        data.put("status", task.word(now));
        data.put("progress", task.progress(now) + "%");
        data.put("submit_time", task.start().getEpochSecond());
        data.put("finish_time", task.ended(now) ? task.end().getEpochSecond() : 0);
        data.put("fail_reason", task.ended(now) && task.fails() ? "The sandbox failed this task, as [fail] asked" : "");
        if (task.succeeded(now)) {
            var url = filmUrl(task);
            data.put("result_url", url);
            data.put(
                    "data",
                    Map.of(
                            "status", "succeeded",
                            "content", Map.of("video_url", url),
                            "usage", Map.of("completion_tokens", task.tokens(), "total_tokens", task.tokens())));
        }
        return data;
    }

    private String filmUrl(SandboxTask task) {
        var base = Objects.requireNonNullElseGet(
                properties.publicUrl(),
                () -> ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return "%s%s/films/%s.mp4?X-Tos-Date=%s&X-Tos-Expires=%d"
                .formatted(base, PATH, task.id(), SIGNED_AT.format(task.end()), A_DAY);
    }

    /** The film; Spring answers ranges of it, as a player asks for them. */
    @GetMapping({"/films/{name}", "/v1/videos/{name}/content"})
    ResponseEntity<?> film(@PathVariable String name) {
        var task = SandboxTask.of(name.replaceFirst("\\.mp4$", ""));
        return task.filter(known -> known.succeeded(clock.instant())).isPresent()
                ? answer(HttpStatus.OK)
                        .contentType(MediaType.valueOf("video/mp4"))
                        .body(FILM)
                : error(HttpStatus.NOT_FOUND, "not_found", "There is no such film");
    }

    private static boolean isKey(@Nullable String authorization) {
        return authorization != null
                && authorization.length() > "Bearer ".length()
                && authorization.startsWith("Bearer ");
    }

    private static ResponseEntity<?> error(HttpStatus status, String code, String message) {
        return json(status, Map.of("error", Map.of("message", message, "type", "sandbox_error", "code", code)));
    }

    private static ResponseEntity<?> json(HttpStatus status, Map<String, ? extends @Nullable Object> body) {
        return answer(status).contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status) {
        return ResponseEntity.status(status).header(HEADER, "true");
    }
}
