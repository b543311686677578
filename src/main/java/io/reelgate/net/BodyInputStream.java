package io.reelgate.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** An answer's bytes, for readers that wait for them and know of nothing but {@link IOException}s. */
public final class BodyInputStream extends FilterInputStream {

    /** How many buffers, each of some 64 KB at most, may lie ready for the reader. */
    private static final int BUFFERS_AHEAD = 16;

    /** Reads these bytes, whose reading may throw anything. */
    public BodyInputStream(InputStream bytes) {
        super(bytes);
    }

    /** Reads what comes; closing it gives the connection up. */
    public static BodyInputStream of(Flux<DataBuffer> body) {
        return new BodyInputStream(DataBufferUtils.subscriberInputStream(body, BUFFERS_AHEAD));
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException e) {
            throw brokenOff(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (RuntimeException e) {
            throw brokenOff(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IllegalStateException tooEarly) {
            // The bytes are subscribed to on another thread. A film that nobody read may be closed before that has
            // happened, and its connection would never be free again; the first read waits for it.
            try {
                read();
            } finally {
                super.close();
            }
        }
    }

    private static IOException brokenOff(RuntimeException e) {
        return new IOException("The other side broke off", e);
    }
}
