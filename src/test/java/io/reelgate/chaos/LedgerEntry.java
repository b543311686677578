package io.reelgate.chaos;

/**
 * One submission as the upstream saw it.
 *
 * @param taskId the task that was bought with it; empty if it was refused
 * @param succeeds how the task ends
 * @param answered whether the upstream gave the id away soon: without a reset, an error or a long silence
 */
record LedgerEntry(String prompt, String taskId, boolean succeeds, boolean answered) {

    boolean bought() {
        return !taskId.isEmpty();
    }

    /** The link of the video that this task becomes. */
    static String url(String taskId) {
        return "https://cdn.example.com/" + taskId + ".mp4";
    }
}
