package io.reelgate.upstream.http;

/** What stands before the data in gzip (RFC 1952, 2.3): nothing that matters, but it has a length. */
final class GzipHead {

    /** The first byte. */
    static final byte MAGIC = 0x1f;

    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private GzipHead() {}

    /** How long the head at this index is, or -1 if more of it has to come. Throws {@link UnreadableBody} if it is none. */
    static int length(byte[] bytes, int start) {
        if (bytes.length < start + FIXED) {
            return -1;
        }
        if (bytes[start] != MAGIC || bytes[start + 1] != (byte) 0x8b || bytes[start + 2] != 8) {
            throw new UnreadableBody("the answer was packed, and is damaged");
        }
        var flags = bytes[start + 3];
        var at = start + FIXED;
        if ((flags & EXTRA) != 0) {
            at += at + 2 > bytes.length ? 2 : 2 + (bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8);
        }
        for (var text : new int[] {NAME, COMMENT}) {
            if ((flags & text) != 0) {
                at = behindZero(bytes, at);
            }
        }
        at += (flags & CHECKSUM) != 0 ? 2 : 0;
        return at <= bytes.length ? at - start : -1;
    }

    private static int behindZero(byte[] bytes, int start) {
        var at = start;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }
}
