package io.reelgate.api.intake;

import io.reelgate.api.body.BodyBudget;
import io.reelgate.submission.VideoRequest;
import jakarta.servlet.http.HttpServletRequest;

/** How a dialect reads a job out of a request. */
@FunctionalInterface
public interface BodyParser {

    /**
     * The job that this request asks for; throws what to answer if it asks for none.
     *
     * @param reservation what is read is set aside in here before it takes memory
     */
    VideoRequest parse(HttpServletRequest request, BodyBudget.Reservation reservation);
}
