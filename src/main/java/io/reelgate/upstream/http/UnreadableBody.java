package io.reelgate.upstream.http;

/** Says why the bytes of an answer are no text, or those of a film no film, in words that may be stored. */
final class UnreadableBody extends RuntimeException {

    UnreadableBody(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
