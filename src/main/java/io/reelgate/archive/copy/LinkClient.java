package io.reelgate.archive.copy;

import io.reelgate.net.BodyInputStream;
import io.reelgate.net.ForbiddenAddressException;
import io.reelgate.net.GuardedConnections;
import io.reelgate.upstream.FilmLink;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.BodyExtractors;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens links that the upstream gave: a stranger's addresses, so without the key and only into the allowed networks. */
final class LinkClient {

    /** Until the head of an answer has come. */
    private static final Duration HEAD = Duration.ofSeconds(30);

    private static final int MOST_REDIRECTS = 3;

    private final GuardedConnections connections;

    LinkClient(GuardedConnections connections) {
        this.connections = connections;
    }

    /** Asks once, and follows at most {@value #MOST_REDIRECTS} redirects, each of which is looked at as the link itself. */
    Download open(URI link) {
        var address = link;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            if (address.getRawUserInfo() != null) {
                return new Download.Impossible(Reason.FORBIDDEN, "the link carries a user's name");
            }
            ResponseEntity<Flux<DataBuffer>> answer;
            try {
                answer = ask(address);
            } catch (RuntimeException e) {
                return failed(Exceptions.unwrap(e));
            }
            if (answer == null) {
                return new Download.Failed(Reason.NETWORK, "the link gave no answer");
            }
            if (!answer.getStatusCode().is3xxRedirection()) {
                return download(answer);
            }
            discard(answer);
            address = redirected(address, answer.getHeaders().getFirst(HttpHeaders.LOCATION));
            if (address == null) {
                return new Download.Failed(Reason.ANSWER, "the link redirects to no http address");
            }
        }
        return new Download.Failed(Reason.ANSWER, "the link redirects more than " + MOST_REDIRECTS + " times");
    }

    private @Nullable ResponseEntity<Flux<DataBuffer>> ask(URI address) {
        return connections
                .client()
                .get()
                .uri(address)
                .retrieve()
                .onStatus(_ -> true, _ -> Mono.empty())
                .toEntityFlux(BodyExtractors.toDataBuffers())
                .timeout(HEAD)
                .block();
    }

    private static Download download(ResponseEntity<Flux<DataBuffer>> answer) {
        var headers = answer.getHeaders();
        var body = answer.getBody();
        if (answer.getStatusCode().value() != 200 || body == null) {
            discard(answer);
            return new Download.Failed(
                    Reason.ANSWER, "the link answers " + answer.getStatusCode().value());
        }
        var coding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            discard(answer);
            return new Download.Failed(Reason.ANSWER, "the link answers with a packed film, which nobody asked for");
        }
        return new Download.Body(type(headers), headers.getContentLength(), BodyInputStream.of(body));
    }

    private static @Nullable String type(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type == null ? null : type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException nonsense) {
            return null;
        }
    }

    private static @Nullable URI redirected(URI from, @Nullable String location) {
        if (location == null) {
            return null;
        }
        try {
            var link = FilmLink.of(from.resolve(location.strip()).toString());
            return link == null ? null : link.address();
        } catch (IllegalArgumentException strange) {
            return null;
        }
    }

    private static Download failed(Throwable failure) {
        var forbidden = ForbiddenAddressException.in(failure);
        return forbidden != null
                ? new Download.Impossible(
                        Reason.FORBIDDEN, forbidden.getMessage() + " (reelgate.archive.allowed-networks)")
                : new Download.Failed(Reason.NETWORK, "the link cannot be reached: " + Words.of(failure));
    }

    private static void discard(ResponseEntity<Flux<DataBuffer>> answer) {
        if (answer.getBody() != null) {
            answer.getBody().subscribe(DataBufferUtils::release, _ -> {}).dispose();
        }
    }
}
