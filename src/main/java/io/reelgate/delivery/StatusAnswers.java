package io.reelgate.delivery;

import io.reelgate.job.query.JobView;

/** Knows how apps are told of a job where nobody looks it up: delivery has the when, whoever answers look-ups has the words. */
@FunctionalInterface
public interface StatusAnswers {

    /**
     * The answer to a look-up, to be written as JSON, with the link that lasts longest.
     *
     * @param baseUrl the gateway's own address, with which its links begin
     */
    Object of(JobView job, String baseUrl);
}
