package io.reelgate.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * How apps reach the gateway.
 *
 * @param publicUrl scheme and host, such as {@code https://reelgate.example.com}; webhooks carry links that begin with it. Without
 *     it those of the request that submitted the job
 */
@ConfigurationProperties("reelgate")
record PublicUrlProperties(@Nullable URI publicUrl) {

    PublicUrlProperties {
        Assert.isTrue(
                publicUrl == null
                        || publicUrl.getHost() != null && publicUrl.getScheme().matches("https?"),
                "reelgate.public-url must be an http or https address");
    }
}
