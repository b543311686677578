package io.reelgate.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** The upstream's addresses: where to post, where to ask, where the film is. */
public final class UpstreamAddresses {

    private final String base;
    private final URI submission;
    private final String queryPath;
    private final String contentPath;
    private final LinkRule links;

    public UpstreamAddresses(UpstreamProperties properties) {
        this.base = properties.baseUrl().toString();
        this.submission = URI.create(base + "/v1/video/generations");
        this.queryPath = properties.queryPath();
        this.contentPath = properties.contentPath();
        this.links = new LinkRule(properties.baseUrl(), properties.contentPath());
    }

    /** This base URL without a slash at its end; throws if it is no plain http(s) address. */
    static URI base(URI configured) {
        var scheme = configured.getScheme();
        var plain = ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
                && configured.getHost() != null
                && configured.getRawUserInfo() == null
                && configured.getRawQuery() == null
                && configured.getRawFragment() == null;
        if (!plain) {
            // The value is left out on purpose: user info in it would be a secret.
            throw new IllegalArgumentException(
                    "reelgate.upstream.base-url must look like https://host or https://host/path");
        }
        return URI.create(configured.toString().replaceFirst("/+$", ""));
    }

    public URI submission() {
        return submission;
    }

    public URI query(String taskId) {
        return URI.create(base + expand(queryPath, taskId));
    }

    public URI content(String taskId) {
        return URI.create(base + expand(contentPath, taskId));
    }

    /** Whether an app may be given this as the link to its film. */
    public boolean isLink(FilmLink link) {
        return links.admits(link);
    }

    private static String expand(String path, String taskId) {
        return path.replace(UpstreamProperties.TASK_ID, UriUtils.encode(taskId, StandardCharsets.UTF_8));
    }
}
