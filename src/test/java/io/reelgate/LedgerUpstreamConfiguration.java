package io.reelgate;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Puts a {@link LedgerUpstream} behind the gateway under test. */
@TestConfiguration(proxyBeanMethods = false)
public class LedgerUpstreamConfiguration {

    @Bean
    LedgerUpstream ledgerUpstream() {
        return new LedgerUpstream();
    }

    @Bean
    DynamicPropertyRegistrar upstreamProperties(LedgerUpstream upstream) {
        return registry -> registry.add("reelgate.upstream.base-url", upstream::baseUrl);
    }
}
