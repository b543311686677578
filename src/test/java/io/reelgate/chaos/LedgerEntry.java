package io.reelgate.chaos;

import io.reelgate.MediaServer;

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

    /** The end of the link of the video that this task becomes. */
    static String path(String taskId) {
        return "/films/" + taskId + ".mp4";
    }

    /** That video: no two tasks have the same. */
    static byte[] film(String taskId) {
        return MediaServer.mp4(taskId.hashCode(), 100_000 + Math.floorMod(taskId.hashCode(), 200_000));
    }
}
