package io.reelgate.upstream.http;

import java.nio.ByteBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A submission's bytes, sent as they are: a small body in one piece with its headers, a larger one in slices, since Netty
 * copies what it writes into direct memory, and tens of megabytes must not be there as a whole.
 */
final class SlicedBody implements BodyInserter<byte[], ClientHttpRequest> {

    private static final int SLICE = 32 * 1_024;

    private final byte[] body;
    private final Departure departure;

    SlicedBody(byte[] body, Departure departure) {
        this.body = body;
        this.departure = departure;
    }

    @Override
    public Mono<Void> insert(ClientHttpRequest request, Context context) {
        return departure.leave()
                ? request.writeWith(
                        body.length <= SLICE ? whole(request.bufferFactory()) : slices(request.bufferFactory()))
                : Mono.error(new Departure.CalledOff());
    }

    /** A {@link Mono}, which Reactor Netty writes together with the headers. */
    private Mono<DataBuffer> whole(DataBufferFactory buffers) {
        return Mono.fromSupplier(() -> buffers.wrap(body));
    }

    private Flux<DataBuffer> slices(DataBufferFactory buffers) {
        return Flux.range(0, Math.ceilDiv(body.length, SLICE))
                .map(index -> index * SLICE)
                .map(start -> buffers.wrap(ByteBuffer.wrap(body, start, Math.min(SLICE, body.length - start))));
    }
}
