package io.reelgate.upstream;

/** The configured key cannot be used; the message is one sentence that says what to set, without the key. */
final class UnusableUpstreamKey extends RuntimeException {

    private final String sentence;

    UnusableUpstreamKey(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
