package io.reelgate.sandbox;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The simulated upstream's two calls: submit a task, ask for a task. */
@RestController
@Profile("sandbox")
@Hidden
@RequestMapping("/sandbox/upstream/v1/video/generations")
class SandboxUpstream {

    private final Clock clock;
    private final SandboxProperties properties;
    private final FilmUrls urls;
    private final HeldAnswers held;
    private final SandboxTasks tasks;
    private final Purse purse;

    SandboxUpstream(
            Clock clock,
            SandboxProperties properties,
            FilmUrls urls,
            HeldAnswers held,
            SandboxTasks tasks,
            Purse purse) {
        this.clock = clock;
        this.properties = properties;
        this.urls = urls;
        this.held = held;
        this.tasks = tasks;
        this.purse = purse;
    }

    /** Answers with a receipt, with a {@link Refusal}, or as the prompt's {@link TestScenario} word asks: late, or with rubbish. */
    @PostMapping
    Object submit(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization, InputStream body) {
        Bearer.require(authorization);
        var order = VideoOrder.read(body);
        var magic = TestScenario.in(order.prompt());
        if (magic.isEmpty()) {
            return accept(order, Ending.FILM);
        }
        return switch (magic.get()) {
            case FAIL -> accept(order, Ending.FAILURE);
            case NO_URL -> accept(order, Ending.FILM_WITHOUT_URL);
            case EXPIRED_URL -> accept(order, Ending.FILM_WITH_DEAD_URL);
            case LOST -> accept(order, Ending.LOSS);
            case QUOTA -> throw Refusal.quota();
            case REFUSE ->
                throw Refusal.byProvider(
                        "The request failed because the input text may contain sensitive information.");
            case THROTTLE -> throw Refusal.throttled();
            case SLOW -> held.hold(accept(order, Ending.FILM), properties.slowAnswer());
            case TIMEOUT -> {
                begin(order, Ending.FILM);
                yield held.hold(page(HttpStatus.GATEWAY_TIMEOUT, "504 Gateway Time-out"), properties.noAnswer());
            }
            case GARBAGE -> {
                begin(order, Ending.FILM);
                yield page(HttpStatus.OK, "One moment, please");
            }
        };
    }

    @GetMapping("/{task_id}")
    TaskAnswer query(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @PathVariable("task_id") String taskId,
            HttpServletRequest request) {
        Bearer.require(authorization);
        var task = SimulatedTask.of(taskId)
                .filter(known -> known.ending() != Ending.LOSS)
                .orElseThrow(Refusal::unknownTask);
        return TaskAnswer.of(task, clock.instant(), urls.of(task, request));
    }

    private ResponseEntity<Object> accept(VideoOrder order, Ending ending) {
        return ResponseEntity.ok(SubmissionReceipt.of(begin(order, ending)));
    }

    private SimulatedTask begin(VideoOrder order, Ending ending) {
        var task = SimulatedTask.begin(order, ending, clock.instant(), properties.taskLength());
        purse.pay(task);
        return tasks.add(task, order.prompt());
    }

    /** What proxies between a client and an upstream say when they have nothing from the upstream. */
    private static ResponseEntity<Object> page(HttpStatus status, String title) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_HTML)
                .body("<html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>".formatted(title));
    }
}
