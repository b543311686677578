package io.reelgate.api.seedance;

/** Words of the description that more than one answer needs. */
final class Examples {

    static final String ID = "task_01a212b20a007435b0e4fa961237c8a5";

    static final String FILM = "https://films.example.com/watch.mp4";

    static final String STATUS =
            "queued, in_progress, completed, failed; or unknown, if the upstream's answer was lost and the"
                    + " job may have been bought";

    private Examples() {}
}
