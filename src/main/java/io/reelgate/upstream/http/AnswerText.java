package io.reelgate.upstream.http;

import io.reelgate.upstream.RawResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The text of a body, or why it could not be read.
 *
 * @param text with U+FFFD for what is no UTF-8; {@code null} exactly if there is a flaw
 * @param flaw what goes on after "HTTP 200, but"
 */
public record AnswerText(@Nullable String text, @Nullable String flaw) {

    /** Reads a body under these headers up to so many bytes, counted as they are read. Ends in a text or a flaw, never in a failure. */
    public static Mono<AnswerText> of(HttpHeaders headers, Flux<DataBuffer> body, DataSize largest) {
        return Mono.defer(() -> collect(
                        body, new TextCollector(ContentCoding.of(headers).unpacker(), largest)))
                .map(text -> new AnswerText(text, null))
                .onErrorResume(failure -> Mono.just(new AnswerText(
                        null,
                        failure instanceof UnreadableBody unreadable ? unreadable.reason() : "the answer broke off")));
    }

    /** Reads an answer up to so many bytes. Once a status is there, no failure of the body hides it. */
    static Mono<RawResponse> response(ClientResponse response, DataSize largest) {
        var status = response.statusCode();
        var headers = response.headers().asHttpHeaders();
        var retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return of(headers, response.bodyToFlux(DataBuffer.class), largest)
                .map(body -> new RawResponse(
                        status.value(),
                        retryAfter,
                        status.is2xxSuccessful() ? body.text() : body.textOrFlaw(),
                        body.flaw()));
    }

    /** For an error, whose words are told to people: the text, or that there is none to tell. */
    public String textOrFlaw() {
        return text == null ? "It cannot be told why: " + flaw : text;
    }

    private static Mono<String> collect(Flux<DataBuffer> body, TextCollector collector) {
        return body.reduce(collector, TextCollector::add)
                .map(TextCollector::text)
                .doOnTerminate(collector::close);
    }
}
