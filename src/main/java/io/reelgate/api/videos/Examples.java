package io.reelgate.api.videos;

/** Words of the description that more than one answer needs. */
final class Examples {

    static final String ID = "task_01a212b20a007435b0e4fa961237c8a5";

    static final String STATUS = "queued, in_progress, completed or failed. A job whose submission's answer was lost is"
            + " in_progress until that is settled: it may have been bought";

    private Examples() {}
}
