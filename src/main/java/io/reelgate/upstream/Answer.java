package io.reelgate.upstream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/**
 * An HTTP answer of the upstream as far as it could be read.
 *
 * @param text the body, with U+FFFD for what is no UTF-8; {@code null} if it broke off or was too large
 */
record Answer(
        int status, @Nullable String retryAfter, @Nullable String text) {

    /** Reads the answer up to this many bytes. Once a status is there, no failure of the body hides it. */
    static Mono<Answer> of(ClientResponse response, int largest) {
        var status = response.statusCode().value();
        var retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), largest)
                .map(Answer::decode)
                .defaultIfEmpty("")
                .map(text -> new Answer(status, retryAfter, text))
                .onErrorResume(broken -> Mono.just(new Answer(status, retryAfter, null)));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    private static String decode(DataBuffer body) {
        try {
            return body.toString(StandardCharsets.UTF_8);
        } finally {
            DataBufferUtils.release(body);
        }
    }
}
