package io.reelgate.upstream;

import io.reelgate.upstream.Film.Elsewhere;
import io.reelgate.upstream.Film.Stream;
import io.reelgate.upstream.Film.Unavailable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens a film at the content path, and tells it from an error page or a redirect. */
final class FilmReader {

    private static final int BUFFERS_AHEAD = 16;

    private final UpstreamProperties properties;
    private final Addresses addresses;
    private final ErrorReader errors;
    private final Redactor redactor;

    FilmReader(UpstreamProperties properties, Addresses addresses, ErrorReader errors, Redactor redactor) {
        this.properties = properties;
        this.addresses = addresses;
        this.errors = errors;
        this.redactor = redactor;
    }

    Film open(WebClient films, URI content) {
        var answer = films.get()
                .uri(content)
                .retrieve()
                .onStatus(status -> true, response -> Mono.empty())
                .toEntityFlux(BodyExtractors.toDataBuffers())
                .timeout(properties.pollTimeout())
                .block();
        if (answer == null) {
            return new Unavailable("the upstream gave no answer");
        }
        var body = answer.getBody() == null ? Flux.<DataBuffer>empty() : answer.getBody();
        var status = answer.getStatusCode();
        if (status.is3xxRedirection()) {
            discard(body);
            return elsewhere(content, answer.getHeaders().getFirst(HttpHeaders.LOCATION));
        }
        var type = type(answer);
        if (status.value() != 200 || (type != null && !isFilm(type))) {
            var text = text(body);
            return new Unavailable(errors.read(status.value(), text).error().oneLine());
        }
        return new Stream(
                type == null ? null : type.toString(),
                answer.getHeaders().getContentLength(),
                new FilmBody(DataBufferUtils.subscriberInputStream(body, BUFFERS_AHEAD)));
    }

    private Film elsewhere(URI content, @Nullable String location) {
        var link = location == null ? null : FilmLink.of(resolve(content, location));
        if (link == null || redactor.finds(link.address().toString()) || !addresses.isLink(link.address())) {
            return new Unavailable("the upstream redirects to no address that an app could use");
        }
        return new Elsewhere(link.address());
    }

    private static String resolve(URI content, String location) {
        try {
            return content.resolve(location).toString();
        } catch (IllegalArgumentException strange) {
            return location;
        }
    }

    /** Anything but a video would be an error page, and could be a script on the gateway's own origin. */
    private static boolean isFilm(MediaType type) {
        return type.getType().equals("video") || type.equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM);
    }

    private static @Nullable MediaType type(ResponseEntity<?> answer) {
        try {
            return answer.getHeaders().getContentType();
        } catch (InvalidMediaTypeException nonsense) {
            return null;
        }
    }

    private @Nullable String text(Flux<DataBuffer> body) {
        return DataBufferUtils.join(body, (int) properties.maxAnswerSize().toBytes())
                .map(buffer -> {
                    try {
                        return buffer.toString(StandardCharsets.UTF_8);
                    } finally {
                        DataBufferUtils.release(buffer);
                    }
                })
                .timeout(properties.pollTimeout())
                .onErrorComplete()
                .block();
    }

    private static void discard(Flux<DataBuffer> body) {
        body.subscribe(DataBufferUtils::release, broken -> {}).dispose();
    }
}
