package io.reelgate.sandbox;

/** Where a simulated task is, in the upstream's words. */
enum TaskState {
    QUEUED("queued"),
    IN_PROGRESS("running"),
    SUCCESS("succeeded"),
    FAILURE("failed");

    private final String providersWord;

    TaskState(String providersWord) {
        this.providersWord = providersWord;
    }

    /** What the model's provider, behind the upstream, calls the same. */
    String providersWord() {
        return providersWord;
    }
}
