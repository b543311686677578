package io.reelgate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * The whole gateway on a port of its own, on real PostgreSQL, in front of a {@link LedgerUpstream}; polls are quick, patience
 * is long. Each test begins with an empty record and an upstream as new, see {@link FreshStart}; a {@link GatewayClient} can be
 * injected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "reelgate.ops.password=test-ops",
            "reelgate.upstream.api-key=" + LedgerUpstream.KEY,
            "reelgate.tracking.interval-min=100ms",
            "reelgate.tracking.interval-max=200ms",
            "reelgate.tracking.missing-grace=1ms",
            "reelgate.submission.answer-within=30s",
            "reelgate.upstream.response-timeout=30s",
            "reelgate.upstream.upload-timeout=5s",
            "reelgate.upstream.connect-timeout=5s"
        })
@Import({PostgresTestConfiguration.class, LedgerUpstreamConfiguration.class, GatewayClientConfiguration.class})
@ExtendWith(FreshStart.class)
public @interface FullStackTest {}
