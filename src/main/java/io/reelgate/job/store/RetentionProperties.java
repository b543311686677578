package io.reelgate.job.store;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long the record is kept.
 *
 * @param age jobs that ended longer ago than this are deleted, with their timelines and idempotency keys, hence no less
 *     than {@code reelgate.submission.idempotency-retention}; without it nothing ever is: larger keeps more history and
 *     takes more disk
 */
@Validated
@ConfigurationProperties("reelgate.retention")
public record RetentionProperties(@Nullable Duration age) {

    private static final Duration LEAST = Duration.ofHours(1);

    @AssertTrue(message = "age must be at least an hour")
    boolean isAgeSane() {
        return age == null || age.compareTo(LEAST) >= 0;
    }
}
