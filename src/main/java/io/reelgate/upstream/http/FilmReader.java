package io.reelgate.upstream.http;

import io.reelgate.net.BodyInputStream;
import io.reelgate.upstream.FilmLink;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.UpstreamAddresses;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.upstream.VideoContent;
import io.reelgate.upstream.VideoContent.Elsewhere;
import io.reelgate.upstream.VideoContent.OutOfRange;
import io.reelgate.upstream.VideoContent.Stream;
import io.reelgate.upstream.VideoContent.Unavailable;
import io.reelgate.upstream.newapi.ErrorReader;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens a film at the content path, and tells it from an error page or a redirect. */
final class FilmReader {

    private final UpstreamProperties properties;
    private final UpstreamAddresses addresses;
    private final ErrorReader errors;
    private final Redactor redactor;

    FilmReader(UpstreamProperties properties, UpstreamAddresses addresses, ErrorReader errors, Redactor redactor) {
        this.properties = properties;
        this.addresses = addresses;
        this.errors = errors;
        this.redactor = redactor;
    }

    /** The film, or the part that is wanted; the whole instead of a part that could not be passed on as it came. */
    VideoContent open(WebClient films, URI content, RangeRequest wanted) {
        var part = ask(films, content, wanted);
        return part == null ? Objects.requireNonNull(ask(films, content, RangeRequest.WHOLE)) : part;
    }

    /** {@code null} for a part that makes no sense. */
    private @Nullable VideoContent ask(WebClient films, URI content, RangeRequest wanted) {
        var answer = films.get()
                .uri(content)
                .headers(headers -> narrow(headers, wanted))
                .retrieve()
                .onStatus(status -> true, response -> Mono.empty())
                .toEntityFlux(BodyExtractors.toDataBuffers())
                .timeout(properties.pollTimeout())
                .block();
        return answer == null ? new Unavailable("the upstream gave no answer") : film(answer, content, wanted);
    }

    private @Nullable VideoContent film(ResponseEntity<Flux<DataBuffer>> answer, URI content, RangeRequest wanted) {
        var body = answer.getBody() == null ? Flux.<DataBuffer>empty() : answer.getBody();
        var headers = new FilmHeaders(answer.getHeaders(), redactor);
        var status = answer.getStatusCode();
        if (status.is3xxRedirection()) {
            discard(body);
            return elsewhere(content, answer.getHeaders().getFirst(HttpHeaders.LOCATION));
        }
        if (status.value() == 200 && headers.isFilm()) {
            return whole(headers, body);
        }
        if (status.value() == 206 && !wanted.isWhole()) {
            return part(headers, body);
        }
        if (status.value() == 416 && !wanted.isWhole()) {
            discard(body);
            return new OutOfRange(headers.noPart());
        }
        return unavailable(answer, body);
    }

    private static void narrow(HttpHeaders headers, RangeRequest wanted) {
        if (wanted.range() != null) {
            headers.set(HttpHeaders.RANGE, wanted.range());
        }
        if (wanted.ifRange() != null) {
            headers.set(HttpHeaders.IF_RANGE, wanted.ifRange());
        }
    }

    private static VideoContent whole(FilmHeaders headers, Flux<DataBuffer> body) {
        return switch (headers.coding().unpacker()) {
            case null ->
                new Stream(headers.type(), headers.length(), null, headers.forParts(), BodyInputStream.of(body));
            case Inflating inflating ->
                new Stream(
                        headers.type(),
                        -1,
                        null,
                        headers.forParts(),
                        new BodyInputStream(new UnpackedStream(BodyInputStream.of(body), inflating)));
            case Unpacker.Unknown(var reason) -> {
                discard(body);
                yield new Unavailable(reason);
            }
        };
    }

    private static @Nullable VideoContent part(FilmHeaders headers, Flux<DataBuffer> body) {
        var part = headers.part();
        if (part == null) {
            discard(body);
            return null;
        }
        return new Stream(headers.type(), part.length(), part.text(), headers.forParts(), BodyInputStream.of(body));
    }

    private VideoContent elsewhere(URI content, @Nullable String location) {
        var link = location == null ? null : FilmLink.of(resolve(content, location));
        if (link == null || redactor.finds(link.address().toString()) || !addresses.isLink(link)) {
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

    private VideoContent unavailable(ResponseEntity<?> answer, Flux<DataBuffer> body) {
        var text = AnswerText.of(answer.getHeaders(), body, properties.maxAnswerSize())
                .map(AnswerText::textOrFlaw)
                .timeout(properties.pollTimeout())
                .onErrorComplete()
                .block();
        return new Unavailable(
                errors.read(answer.getStatusCode().value(), text).error().oneLine());
    }

    private static void discard(Flux<DataBuffer> body) {
        body.subscribe(DataBufferUtils::release, broken -> {}).dispose();
    }
}
