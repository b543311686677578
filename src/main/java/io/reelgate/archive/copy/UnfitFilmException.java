package io.reelgate.archive.copy;

/** What came is not kept, and why. */
final class UnfitFilmException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean forGood;

    /** {@code forGood} if another try would come to the same. */
    UnfitFilmException(Reason reason, boolean forGood, String words) {
        super(words);
        this.reason = reason;
        this.forGood = forGood;
    }

    Reason reason() {
        return reason;
    }

    boolean forGood() {
        return forGood;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
