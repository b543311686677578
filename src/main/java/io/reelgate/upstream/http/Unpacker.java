package io.reelgate.upstream.http;

/**
 * Takes a content coding off bytes that come in pieces, and gives them out in pieces as large as the taker wants them: what a
 * small piece unpacks to is never there as a whole.
 */
sealed interface Unpacker extends AutoCloseable permits Unpacker.Unknown, Inflating {

    /** Takes a copy of these bytes in; only when {@link #read} has nothing more to give. */
    void feed(byte[] bytes, int length);

    /** Writes up to so many bytes there; 0 if it has to be fed. Throws {@link UnreadableBody} if they make no sense. */
    int read(byte[] target, int offset, int length);

    /** Says that no more will come; throws {@link UnreadableBody} if there ought to. */
    void end();

    @Override
    default void close() {}

    /** For a coding that the gateway does not know; where nothing comes there is nothing to unpack. */
    record Unknown(String reason) implements Unpacker {

        @Override
        public void feed(byte[] bytes, int length) {
            throw new UnreadableBody(reason);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return 0;
        }

        @Override
        public void end() {}
    }
}
