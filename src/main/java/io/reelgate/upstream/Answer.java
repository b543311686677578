package io.reelgate.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/**
 * An HTTP answer of the upstream as far as it could be read.
 *
 * @param text the body; {@code null} if it could not be read, but for an error, of which it then says that
 * @param flaw why it could not be read, if so; goes on after "HTTP 200, but"
 */
record Answer(
        int status,
        @Nullable String retryAfter,
        @Nullable String text,
        @Nullable String flaw) {

    /** An answer that was read. */
    Answer(int status, @Nullable String retryAfter, @Nullable String text) {
        this(status, retryAfter, text, null);
    }

    /** Reads the answer up to so many bytes. Once a status is there, no failure of the body hides it. */
    static Mono<Answer> of(ClientResponse response, DataSize largest) {
        var status = response.statusCode();
        var headers = response.headers().asHttpHeaders();
        var retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return AnswerText.of(headers, response.bodyToFlux(DataBuffer.class), largest)
                .map(body -> new Answer(
                        status.value(),
                        retryAfter,
                        status.is2xxSuccessful() ? body.text() : body.textOrFlaw(),
                        body.flaw()));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** What to say of an answer that is no JSON. */
    String unreadable() {
        return "HTTP " + status + ", but " + (flaw == null ? "the answer could not be read" : flaw);
    }
}
