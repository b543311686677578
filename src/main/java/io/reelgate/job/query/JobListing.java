package io.reelgate.job.query;

/**
 * A job in a list for people, who tell it by its prompt.
 *
 * @param prompt its beginning, with an ellipsis where it was cut; whole in an export
 */
public record JobListing(JobView job, String prompt) {}
