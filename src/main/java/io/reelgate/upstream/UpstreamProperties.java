package io.reelgate.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the upstream is and how patient the gateway is with it.
 *
 * @param baseUrl the upstream's http(s) address, to which {@code /v1/video/generations} is added; a path is kept
 * @param account the name of the account behind address and key. Tasks of a name at another address are left alone, until ops
 *     say that it is the same account
 * @param apiKey the upstream's key; required outside the profile {@code sandbox}
 * @param queryPath where a task is asked for; {@code {task_id}} stands for its id
 * @param contentPath where a film without an address of its own is fetched; {@code {task_id}} stands for the id
 * @param models the models that apps may ask for; {@code *} allows any
 * @param connectTimeout the longest wait for a connection; longer rides out a slow network, and delays the clear 503
 * @param responseTimeout the longest silence after a submission was sent; longer means fewer unconfirmed jobs, and
 *     later ones
 * @param uploadTimeout what {@code longestCall} allows for sending a body; longer suits large bodies on a thin line
 * @param pollTimeout the longest a poll may take in all; must stay below the tracking lease
 * @param maxIdle a pooled connection idle longer is closed; must stay below the upstream's own keep-alive, or a stale
 *     connection costs an unconfirmed job
 * @param maxConnections connections to the upstream for submissions, and as many again for polls and for films; more
 *     jobs are under way at once, and more memory is in use
 * @param maxAnswerSize an answer larger than this is not read; what counts is what is left of it when it is unpacked and what
 *     lies beyond the first 64 KB of a text in it is dropped. Larger takes more memory for each poll under way
 */
@ConfigurationProperties("reelgate.upstream")
public record UpstreamProperties(
        @DefaultValue("https://gogogotoken.com") URI baseUrl,
        @DefaultValue("default") String account,
        @Nullable String apiKey,
        @DefaultValue("/v1/video/generations/{task_id}") String queryPath,
        @DefaultValue("/v1/videos/{task_id}/content") String contentPath,

        @DefaultValue({"doubao-seedance-2-0", "doubao-seedance-2-0-fast"})
        List<String> models,

        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("120s") Duration responseTimeout,
        @DefaultValue("60s") Duration uploadTimeout,
        @DefaultValue("10s") Duration pollTimeout,
        @DefaultValue("10s") Duration maxIdle,
        @DefaultValue("128") int maxConnections,
        @DefaultValue("1MB") DataSize maxAnswerSize) {

    public static final String TASK_ID = "{task_id}";

    public UpstreamProperties {
        baseUrl = UpstreamAddresses.base(baseUrl);
        require(isPath(queryPath), "query-path must begin with '/' and contain " + TASK_ID);
        require(isPath(contentPath), "content-path must begin with '/' and contain " + TASK_ID);
        models = models.stream()
                .map(String::strip)
                .filter(model -> !model.isEmpty())
                .distinct()
                .toList();
        require(!models.isEmpty(), "models must name at least one model, or *");
        requirePositive(connectTimeout, "connect-timeout");
        requirePositive(responseTimeout, "response-timeout");
        requirePositive(uploadTimeout, "upload-timeout");
        requirePositive(pollTimeout, "poll-timeout");
        requirePositive(maxIdle, "max-idle");
        require(maxConnections >= 1, "max-connections must be at least 1");
        require(
                maxAnswerSize.toBytes() >= 1_024
                        && maxAnswerSize.toBytes() <= DataSize.ofMegabytes(64).toBytes(),
                "max-answer-size must be between 1KB and 64MB");
    }

    /** Whether apps may ask for this model. */
    public boolean allows(String model) {
        return models.contains("*") || models.contains(model);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "UpstreamProperties[baseUrl=" + baseUrl + ", apiKey=" + (apiKey == null ? "none" : "[redacted]")
                + ", queryPath=" + queryPath + ", contentPath=" + contentPath + ", models=" + models
                + ", connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout
                + ", uploadTimeout=" + uploadTimeout + ", pollTimeout=" + pollTimeout + ", maxIdle=" + maxIdle
                + ", maxConnections=" + maxConnections + ", maxAnswerSize=" + maxAnswerSize + "]";
    }

    private static boolean isPath(String path) {
        return path.startsWith("/") && path.contains(TASK_ID);
    }

    private static void requirePositive(Duration duration, String name) {
        require(
                duration.isPositive() && duration.compareTo(Duration.ofHours(1)) <= 0,
                name + " must be more than nothing and at most an hour");
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException("reelgate.upstream." + sentence);
        }
    }
}
