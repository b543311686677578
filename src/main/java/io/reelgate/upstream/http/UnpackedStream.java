package io.reelgate.upstream.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes unpacked as they are read, however many they are. */
final class UnpackedStream extends InputStream {

    private final InputStream packed;
    private final Unpacker unpacker;
    private final byte[] piece = new byte[8 * 1_024];

    UnpackedStream(InputStream packed, Unpacker unpacker) {
        this.packed = packed;
        this.unpacker = unpacker;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        while ((count = unpacker.read(target, offset, length)) == 0) {
            var fed = packed.read(piece);
            if (fed < 0) {
                unpacker.end();
                return -1;
            }
            unpacker.feed(piece, fed);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        try {
            packed.close();
        } finally {
            unpacker.close();
        }
    }
}
