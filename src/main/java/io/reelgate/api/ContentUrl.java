package io.reelgate.api;

import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The gateway's own address of a film, under the name by which the current request reached it. */
public final class ContentUrl {

    private ContentUrl() {}

    /** The address of this job's film; to be called on the request's own thread. */
    public static String of(String jobId) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(AppRoutes.GENERATIONS + "/{id}/content")
                .build(jobId)
                .toString();
    }
}
