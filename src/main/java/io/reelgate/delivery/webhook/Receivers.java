package io.reelgate.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelgate.delivery.webhook.Attempt.Outcome;
import io.reelgate.net.ForbiddenAddressException;
import io.reelgate.net.GuardedConnections;
import io.reelgate.net.Unreachable;
import io.reelgate.text.Sanitizer;
import io.reelgate.text.StorableText;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Asks receivers to take a webhook: at addresses that apps chose, so only in the allowed networks, and reading little. */
@Component
class Receivers {

    /** So that a small answer is read to its end, and no more of a large one. */
    private static final int MOST_READ = 64 * 1024;

    private static final int MOST_KEPT = 200;

    /** For the rest of an answer whose status is known: it is read for ops alone. */
    private static final Duration READING = Duration.ofSeconds(2);

    private static final int GONE = 410;

    private final GuardedConnections connections;
    private final Duration timeout;

    Receivers(GuardedConnections webhookConnections, WebhookProperties properties) {
        this.connections = webhookConnections;
        this.timeout = properties.timeout();
    }

    /** One request, to whatever end. */
    Attempt post(URI address, HttpHeaders headers, byte[] body) {
        try {
            var attempt = connections
                    .client()
                    .post()
                    .uri(address)
                    .headers(all -> all.putAll(headers))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchangeToMono(Receivers::attempt)
                    .timeout(timeout)
                    .block();
            return Objects.requireNonNull(attempt);
        } catch (RuntimeException e) {
            return failed(Exceptions.unwrap(e));
        }
    }

    private static Mono<Attempt> attempt(ClientResponse response) {
        int status = response.statusCode().value();
        var retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return beginning(response).map(text -> attempt(status, text.isEmpty() ? null : text, retryAfter));
    }

    private static Attempt attempt(int status, @Nullable String text, @Nullable String retryAfter) {
        var outcome = status / 100 == 2 ? Outcome.DELIVERED : status == GONE ? Outcome.GONE : Outcome.REFUSED;
        var words = switch (outcome) {
            case DELIVERED -> null;
            case GONE -> "the receiver answers 410: it never wants it";
            default ->
                status / 100 == 3
                        ? "the receiver answers " + status + "; redirects are not followed"
                        : "the receiver answers " + status;
        };
        return new Attempt(outcome, status, words, text, retryAfter);
    }

    /** The first characters of what was said; what breaks off or does not end changes nothing about the status. */
    private static Mono<String> beginning(ClientResponse response) {
        var bytes = DataBufferUtils.takeUntilByteCount(response.bodyToFlux(DataBuffer.class), MOST_READ);
        return DataBufferUtils.join(bytes)
                .map(Receivers::text)
                .timeout(READING)
                .onErrorReturn("")
                .defaultIfEmpty("");
    }

    private static String text(DataBuffer buffer) {
        var text = buffer.toString(UTF_8);
        DataBufferUtils.release(buffer);
        return Sanitizer.cut(StorableText.of(Sanitizer.oneLine(text)), MOST_KEPT);
    }

    private static Attempt failed(Throwable failure) {
        var forbidden = ForbiddenAddressException.in(failure);
        return forbidden != null
                ? Attempt.unanswered(Outcome.FORBIDDEN, forbidden.getMessage() + " (reelgate.webhook.allowed-networks)")
                : Attempt.unanswered(Outcome.UNREACHABLE, Unreachable.words(failure));
    }
}
