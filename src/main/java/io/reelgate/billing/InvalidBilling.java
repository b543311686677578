package io.reelgate.billing;

/** A property of the bill cannot be used; the message is one sentence that names it. */
final class InvalidBilling extends RuntimeException {

    private final String sentence;

    InvalidBilling(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
