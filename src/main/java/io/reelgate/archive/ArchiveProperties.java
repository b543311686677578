package io.reelgate.archive;

import io.reelgate.net.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Where films are kept, and how they are fetched.
 *
 * @param store where they are kept; with {@code none} links die as the upstream lets them
 * @param path the folder of the films, or, with {@code s3}, of those that are being copied; replicas may share one
 * @param allowedNetworks where links may lead: {@code public}, {@code private}, {@code loopback} or networks such as
 *     {@code 10.1.0.0/16}. The wider, the more of the company's own services an upstream can have read
 * @param maxSize of one film; larger ones are not kept
 * @param concurrency films copied at once by a replica; more are kept sooner, and take more of the network
 * @param longestStall how long a link may send nothing before its copying is broken off
 * @param minFree below so much free space in {@code path} nothing is copied
 * @param retention films of jobs that ended longer ago are deleted; without it they stay as long as their jobs
 */
@ConfigurationProperties("reelgate.archive")
public record ArchiveProperties(
        @DefaultValue("none") Store store,
        @Nullable Path path,
        @DefaultValue("public") List<AddressRange> allowedNetworks,
        @DefaultValue("2GB") DataSize maxSize,
        @DefaultValue("4") int concurrency,
        @DefaultValue("30s") Duration longestStall,
        @DefaultValue("1GB") DataSize minFree,
        @Nullable Duration retention,
        @DefaultValue S3 s3) {

    private static final Duration LEAST_RETENTION = Duration.ofHours(1);

    public ArchiveProperties {
        Assert.isTrue(
                store == Store.NONE || path != null && StringUtils.hasText(path.toString()),
                "reelgate.archive.path must name a folder for films (with s3: for those that are being copied)");
        Assert.isTrue(concurrency >= 1, "reelgate.archive.concurrency must be at least 1");
        Assert.isTrue(maxSize.toBytes() >= 1, "reelgate.archive.max-size must be more than nothing");
        Assert.isTrue(longestStall.isPositive(), "reelgate.archive.longest-stall must be more than nothing");
        Assert.isTrue(!minFree.isNegative(), "reelgate.archive.min-free must not be negative");
        Assert.isTrue(
                retention == null || retention.compareTo(LEAST_RETENTION) >= 0,
                "reelgate.archive.retention must be at least an hour");
        if (store == Store.S3) {
            s3.check();
        }
    }

    /** Whether films are kept at all. */
    public boolean keeps() {
        return store != Store.NONE;
    }

    /** Where films can be kept. */
    public enum Store {
        NONE,
        FILESYSTEM,
        S3
    }

    /**
     * The bucket.
     *
     * @param endpoint of the service, such as {@code http://seaweedfs:8333}; without it AWS's own of the region
     * @param prefix of the objects' names, such as {@code reelgate/}
     * @param pathStyle whether the bucket is part of the path, as stores on one's own host want it, or of the host's name
     */
    public record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String bucket,
            @DefaultValue("") String prefix,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey,
            @DefaultValue("true") boolean pathStyle) {

        private void check() {
            present(bucket, "bucket");
            present(accessKey, "access-key");
            present(secretKey, "secret-key");
            Assert.isTrue(
                    endpoint == null
                            || endpoint.getHost() != null
                                    && endpoint.getScheme().matches("https?"),
                    "reelgate.archive.s3.endpoint must be an http or https address");
        }

        private static void present(String value, String name) {
            Assert.hasText(value, "reelgate.archive.s3." + name + " must be set for reelgate.archive.store=s3");
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "S3[" + endpoint + ", " + bucket + ", " + prefix + "]";
        }
    }
}
