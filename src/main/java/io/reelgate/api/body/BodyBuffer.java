package io.reelgate.api.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** A body as it comes together in memory, which is set aside in the budget before it is taken. */
public final class BodyBuffer extends OutputStream {

    private static final int FIRST = 64 * 1024;

    private final int most;
    private final BodyBudget.Reservation reservation;
    private byte[] bytes;
    private int size;

    /** An empty one for a body of at most so many bytes. */
    BodyBuffer(int most, BodyBudget.Reservation reservation) {
        this.most = most;
        this.reservation = reservation;
        int first = Math.min(most, FIRST);
        reservation.grow(first);
        this.bytes = new byte[first];
    }

    /** Takes what comes, to its end or until this is full. */
    void fill(InputStream in) throws IOException {
        do {
            if (size == bytes.length && size < most) {
                grow();
            }
            size += in.readNBytes(bytes, size, bytes.length - size);
        } while (size == bytes.length && size < most);
    }

    boolean isFull() {
        return size == most;
    }

    @Override
    public void write(int b) {
        if (size == bytes.length) {
            write(new byte[] {(byte) b}, 0, 1);
        } else {
            bytes[size++] = (byte) b;
        }
    }

    /** Takes these bytes; throws 413 if they are more than the body may have. */
    @Override
    public void write(byte[] from, int offset, int length) {
        if (length > most - size) {
            throw BodyReader.tooLarge(most);
        }
        while (length > bytes.length - size) {
            grow();
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /** The body, which is not to be written to any more. */
    public byte[] toByteArray() {
        if (size < bytes.length) {
            resize(size);
        }
        return bytes;
    }

    /** Twice as large, and as large as it may become once half of that has come: the two are in memory for a moment. */
    private void grow() {
        int half = most / 2;
        resize(bytes.length < half ? Math.min(2 * bytes.length, half) : most);
    }

    private void resize(int length) {
        reservation.grow(length);
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, length);
        reservation.shrink(before);
    }
}
