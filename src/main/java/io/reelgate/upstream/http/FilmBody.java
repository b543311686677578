package io.reelgate.upstream.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A film's bytes, for readers that know of nothing but {@link IOException}s. */
final class FilmBody extends FilterInputStream {

    FilmBody(InputStream bytes) {
        super(bytes);
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
        return new IOException("The upstream broke the film off", e);
    }
}
