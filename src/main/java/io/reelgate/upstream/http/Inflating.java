package io.reelgate.upstream.http;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952, one member or several) and deflate, by which most mean zlib (RFC 1950) and some what is in it (RFC
 * 1951). What says that it is packed and is not, since a proxy has unpacked it and left the header, stays as it is.
 */
final class Inflating implements Unpacker {

    private enum Part {
        START,
        HEAD,
        DATA,
        TAIL,
        BETWEEN,
        PLAIN,
        OVER
    }

    private static final int LARGEST_HEAD = 128 * 1_024;
    private static final int TAIL = 8;

    private final boolean gzip;
    private final CRC32 checksum = new CRC32();
    private Inflater inflater = new Inflater(true);
    private Part part = Part.START;
    private byte[] packed = {};
    private int at;

    Inflating(boolean gzip) {
        this.gzip = gzip;
    }

    @Override
    public void feed(byte[] bytes, int length) {
        var rest = packed.length - at;
        var joined = Arrays.copyOfRange(packed, at, packed.length + length);
        System.arraycopy(bytes, 0, joined, rest, length);
        packed = joined;
        at = 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        while (true) {
            switch (part) {
                case DATA -> {
                    var count = inflate(target, offset, length);
                    if (count > 0 || part == Part.DATA) {
                        return count;
                    }
                }
                case PLAIN -> {
                    return copy(target, offset, length);
                }
                case START, HEAD, TAIL, BETWEEN, OVER -> {
                    if (!passes()) {
                        return 0;
                    }
                }
            }
        }
    }

    @Override
    public void end() {
        var whole = switch (part) {
            case BETWEEN, PLAIN, OVER -> true;
            case START -> packed.length == 0;
            case HEAD, DATA, TAIL -> false;
        };
        if (!whole) {
            throw new UnreadableBody("the answer broke off");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Goes over what gives no bytes, if it is all there. */
    private boolean passes() {
        var there = packed.length - at;
        switch (part) {
            case START -> {
                if (there < 2) {
                    return false;
                }
                part = gzip ? beginningOfGzip() : beginningOfDeflate();
            }
            case HEAD -> {
                var head = GzipHead.length(packed, at);
                if (head < 0) {
                    require(there <= LARGEST_HEAD);
                    return false;
                }
                at += head;
                inflater.reset();
                checksum.reset();
                part = Part.DATA;
            }
            case TAIL -> {
                if (there < TAIL) {
                    return false;
                }
                require(number(at) == checksum.getValue()
                        && number(at + 4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL));
                at += TAIL;
                part = Part.BETWEEN;
            }
            case BETWEEN -> {
                if (there == 0) {
                    return false;
                }
                part = packed[at] == GzipHead.MAGIC ? Part.HEAD : Part.OVER;
            }
            case OVER, DATA, PLAIN -> {
                at = packed.length;
                return false;
            }
        }
        return true;
    }

    private Part beginningOfGzip() {
        return packed[at] == GzipHead.MAGIC ? Part.HEAD : Part.PLAIN;
    }

    /** Zlib's first two bytes make a multiple of 31; no JSON that is deflated bare begins with a brace. */
    private Part beginningOfDeflate() {
        var first = packed[at] & 0xFF;
        if (first == '{') {
            return Part.PLAIN;
        }
        if ((first & 0x0F) == 8 && (first << 8 | packed[at + 1] & 0xFF) % 31 == 0) {
            inflater.end();
            inflater = new Inflater();
        }
        return Part.DATA;
    }

    private int inflate(byte[] target, int offset, int length) {
        inflater.setInput(packed, at, packed.length - at);
        try {
            var count = inflater.inflate(target, offset, length);
            require(!inflater.needsDictionary());
            at = packed.length - inflater.getRemaining();
            checksum.update(target, offset, count);
            if (inflater.finished()) {
                part = gzip ? Part.TAIL : Part.OVER;
            }
            return count;
        } catch (DataFormatException broken) {
            throw damaged();
        }
    }

    private int copy(byte[] target, int offset, int length) {
        var count = Math.min(length, packed.length - at);
        System.arraycopy(packed, at, target, offset, count);
        at += count;
        return count;
    }

    /** Four bytes, the lowest first. */
    private long number(int index) {
        return packed[index] & 0xFFL
                | (packed[index + 1] & 0xFFL) << 8
                | (packed[index + 2] & 0xFFL) << 16
                | (packed[index + 3] & 0xFFL) << 24;
    }

    private static void require(boolean sense) {
        if (!sense) {
            throw damaged();
        }
    }

    private static UnreadableBody damaged() {
        return new UnreadableBody("the answer was packed, and is damaged");
    }
}
