package io.reelgate.upstream.http;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.RawResponse;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.upstream.SubmissionResult;
import io.reelgate.upstream.UpstreamAddresses;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.UpstreamHealth;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.upstream.VideoContent;
import io.reelgate.upstream.newapi.IdForm;
import io.reelgate.upstream.newapi.PollReader;
import io.reelgate.upstream.newapi.SubmissionReader;
import io.reelgate.upstream.newapi.TaskIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Talks to the upstream over {@link WebClient}; what the answers mean is for the readers to say. */
final class WebClientUpstream implements UpstreamClient {

    private static final String REQUEST_ID = "X-Oneapi-Request-Id";
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final UpstreamConnections connections;
    private final UpstreamAddresses addresses;
    private final UpstreamProperties properties;
    private final SubmissionReader submissionReader;
    private final PollReader pollReader;
    private final FilmReader filmReader;
    private final TransportFailures reasons;
    private final UpstreamHealth health;
    private final Timer timeouts;
    private final Clock clock;

    WebClientUpstream(
            UpstreamConnections connections,
            UpstreamAddresses addresses,
            UpstreamProperties properties,
            SubmissionReader submissionReader,
            PollReader pollReader,
            FilmReader filmReader,
            TransportFailures reasons,
            UpstreamHealth health,
            Timer timeouts,
            Clock clock) {
        this.connections = connections;
        this.addresses = addresses;
        this.properties = properties;
        this.submissionReader = submissionReader;
        this.pollReader = pollReader;
        this.filmReader = filmReader;
        this.reasons = reasons;
        this.health = health;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    @Override
    public SubmissionResult submit(byte[] body, Instant intended) {
        var start = System.nanoTime()
                - Math.max(0, Duration.between(intended, clock.instant()).toNanos());
        var leaveBefore = start + longestWayOut().toNanos();
        var pause = FIRST_PAUSE;
        for (var attempt = 1; ; attempt++) {
            var departure = new Departure(leaveBefore, clock, intended.plus(longestWayOut()));
            var outcome = attempt(body, departure, longestCall().minusNanos(System.nanoTime() - start));
            var again = outcome instanceof Try.NeverLeft
                    && attempt < TRIES
                    && System.nanoTime() - leaveBefore < 0
                    && slept(pause);
            if (!again) {
                return conclude(outcome);
            }
            pause = pause.multipliedBy(2);
        }
    }

    @Override
    public Mono<PollOutcome> poll(String taskId) {
        if (!TaskIds.isSane(taskId)) {
            return Mono.just(new PollOutcome.Missing("this cannot be a task's id"));
        }
        return Mono.defer(() ->
                        ask(connections.polls().get().uri(addresses.query(taskId)), properties.pollTimeout(), _ -> {}))
                .map(pollReader::read)
                .map(outcome -> believed(taskId, outcome))
                .doOnNext(health::polled)
                .onErrorResume(failure -> {
                    var reason = reasons.of(failure);
                    noteUnreachable(failure, reason);
                    return Mono.just(new Unanswered(reason, null));
                });
    }

    /** What names another task of the form asked for is no answer: it is somebody else's. */
    private PollOutcome believed(String taskId, PollOutcome outcome) {
        if (!(outcome instanceof PollOutcome.Seen(var snapshot))) {
            return outcome;
        }
        return snapshot.otherIdsThan(taskId).stream()
                .filter(named -> IdForm.isShared(taskId, named))
                .findFirst()
                .<PollOutcome>map(named -> {
                    health.mixedUp(taskId, named);
                    return Unanswered.aboutAnother(named);
                })
                .orElse(outcome);
    }

    @Override
    public VideoContent film(String taskId, RangeRequest wanted) {
        if (!TaskIds.isSane(taskId)) {
            return new VideoContent.Unavailable("this cannot be a task's id");
        }
        try {
            return filmReader.open(connections.films(), addresses.content(taskId), wanted);
        } catch (Exception failure) {
            return new VideoContent.Unavailable(reasons.of(failure));
        }
    }

    @Override
    public Duration longestCall() {
        return longestWayOut().plus(properties.uploadTimeout()).plus(properties.responseTimeout());
    }

    /** Every try may wait for a pooled connection, connect and shake hands; what has not left by then never does. */
    private Duration longestWayOut() {
        return properties.connectTimeout().multipliedBy(3L * TRIES);
    }

    /** What one try came to. */
    private sealed interface Try {

        record Concluded(SubmissionResult result) implements Try {}

        record NeverLeft(String reason, boolean ours) implements Try {}
    }

    /** Whatever goes wrong, money may have moved: even an {@link Error} must become an outcome. */
    private Try attempt(byte[] body, Departure departure, Duration left) {
        var requestId = new AtomicReference<@Nullable String>();
        try {
            var request = connections
                    .submissions()
                    .post()
                    .uri(addresses.submission())
                    .contentType(MediaType.APPLICATION_JSON)
                    .contentLength(body.length)
                    .body(new SlicedBody(body, departure));
            var answer =
                    Objects.requireNonNull(ask(request, left, headers -> requestId.set(headers.getFirst(REQUEST_ID)))
                            .block());
            var outcome = submissionReader.read(answer);
            health.submitted(outcome);
            return new Try.Concluded(result(outcome, requestId.get()));
        } catch (Throwable failure) {
            var neverLeft = departure.callOff();
            var reason = reasons.of(failure);
            noteUnreachable(failure, reason);
            // An answer that began, and then stalled, has told its id.
            return neverLeft
                    ? new Try.NeverLeft(reason, TransportFailures.isOurs(failure))
                    : new Try.Concluded(result(new Unconfirmed(reason), requestId.get()));
        }
    }

    private SubmissionResult result(SubmissionOutcome outcome, @Nullable String requestId) {
        return new SubmissionResult(outcome, submissionReader.requestId(requestId));
    }

    /** Exactly one answer, or a failure; {@code begun} gets the headers before the body is read. */
    private Mono<RawResponse> ask(
            WebClient.RequestHeadersSpec<?> request, Duration longest, Consumer<HttpHeaders> begun) {
        return request.accept(MediaType.APPLICATION_JSON)
                .exchangeToMono(response -> {
                    begun.accept(response.headers().asHttpHeaders());
                    return AnswerText.response(response, properties.maxAnswerSize());
                })
                .timeout(after(longest), Mono.error(TimeoutException::new))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the upstream gave no answer")));
    }

    private Mono<Timeout> after(Duration longest) {
        return Mono.create(sink -> {
            var timeout = timeouts.newTimeout(sink::success, longest.toMillis(), TimeUnit.MILLISECONDS);
            sink.onDispose(timeout::cancel);
        });
    }

    private void noteUnreachable(Throwable failure, String reason) {
        if (!TransportFailures.isOurs(failure)) {
            health.unreachable(reason);
        }
    }

    private static SubmissionResult conclude(Try outcome) {
        return switch (outcome) {
            case Try.Concluded(var result) -> result;
            case Try.NeverLeft(var reason, var ours) -> new SubmissionResult(new NotSent(reason, ours), null);
        };
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
