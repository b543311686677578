package io.reelgate.api;

import io.reelgate.web.AppError;

/** What all of the apps' routes have in common. */
public final class AppRoutes {

    /** The upstream's own address for jobs, which is ours too. */
    public static final String GENERATIONS = "/v1/video/generations";

    /** The second door: where the SDKs for OpenAI's Videos go. */
    public static final String VIDEOS = "/v1/videos";

    private AppRoutes() {}

    /** The error for an id that no job has. */
    public static AppError unknownTask(String id) {
        return AppError.of(404, "task_not_found", "No job has the id '%s'".formatted(id))
                .about("task_id");
    }
}
