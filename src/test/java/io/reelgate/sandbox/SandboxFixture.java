package io.reelgate.sandbox;

import io.reelgate.MutableClock;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/** The sandbox's web layer alone, under a clock that is turned by hand. */
final class SandboxFixture extends MutableClock {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String SUBMISSION = "/sandbox/upstream/v1/video/generations";

    final HeldAnswers held = new HeldAnswers();
    final SandboxTasks tasks = new SandboxTasks(this);
    final MockMvcTester http;

    SandboxFixture() {
        this(null);
    }

    SandboxFixture(@Nullable URI publicUrl) {
        this(publicUrl, null);
    }

    /** A sandbox whose account has this in its purse. */
    static SandboxFixture withPurse(String yuan) {
        return new SandboxFixture(null, new BigDecimal(yuan));
    }

    private SandboxFixture(@Nullable URI publicUrl, @Nullable BigDecimal yuan) {
        super(START);
        var properties = new SandboxProperties(
                publicUrl, yuan, Duration.ofSeconds(6), Duration.ofSeconds(40), Duration.ofSeconds(180));
        var purse = new Purse(this, properties);
        http = MockMvcTester.of(
                List.of(
                        new SandboxUpstream(this, properties, new FilmUrls(properties), held, tasks, purse),
                        new SandboxPurse(purse),
                        new SandboxFilms(this),
                        tasks),
                builder -> builder.setControllerAdvice(new Refusals())
                        .addFilters(new SandboxMark())
                        .build());
    }

    /** A submission as the gateway makes it. */
    MockMvcRequestBuilder submission(String body) {
        return http.post()
                .uri(SUBMISSION)
                .header("Authorization", "Bearer any")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    MockMvcRequestBuilder submissionOf(String prompt) {
        return submission("""
                {"model":"doubao-seedance-2-0-fast","prompt":"%s","seconds":"5","size":"720x1280"}""".formatted(prompt));
    }

    MockMvcRequestBuilder query(SimulatedTask task) {
        return http.get().uri(SUBMISSION + "/{id}", task.id()).header("Authorization", "Bearer any");
    }

    MockMvcRequestBuilder content(SimulatedTask task) {
        return http.get()
                .uri("/sandbox/upstream/v1/videos/{id}/content", task.id())
                .header("Authorization", "Bearer any");
    }

    MockMvcRequestBuilder film(SimulatedTask task) {
        return http.get().uri("/sandbox/upstream/films/{id}.mp4", task.id());
    }

    /** A task that began at {@link #START} and takes exactly six seconds. */
    static SimulatedTask task(Ending ending) {
        return new SimulatedTask(
                START, Duration.ofSeconds(6), ending, "doubao-seedance-2-0-fast", 5, new VideoSize(720, 1280), 7);
    }

    void turnTo(Duration sinceStart) {
        advance(Duration.between(instant(), START.plus(sinceStart)));
    }
}
