package io.reelgate.job;

import java.time.Duration;

/**
 * Where an app wants to be told of the end of its job.
 *
 * @param origin scheme, host and port of the URL
 * @param baseUrl the gateway's own address by which the app reached it
 * @param answeredWithin how long the request that brings the job may take: a refusal within it is that request's own answer
 */
public record Webhook(String url, String origin, String baseUrl, Duration answeredWithin) {

    /** The same for a request that is answered within this. */
    public Webhook answeredWithin(Duration within) {
        return new Webhook(url, origin, baseUrl, within);
    }

    /** Without the query, which may hold a secret. */
    @Override
    public String toString() {
        return "Webhook[" + origin + "]";
    }
}
