package io.reelgate.upstream.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.util.Timer;
import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.UpstreamAddresses;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.UpstreamHealth;
import io.reelgate.upstream.UpstreamKey;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.upstream.newapi.ErrorReader;
import io.reelgate.upstream.newapi.PollReader;
import io.reelgate.upstream.newapi.RetryAfter;
import io.reelgate.upstream.newapi.SnapshotReader;
import io.reelgate.upstream.newapi.SubmissionReader;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.reactive.function.client.WebClient;

/** Puts the client together. */
@Configuration(proxyBeanMethods = false)
public class UpstreamConfiguration {

    private static final Profiles SANDBOX = Profiles.of("sandbox");

    /** Asks for the key before anything else starts, so that no database error comes first. */
    @Bean
    static BeanFactoryPostProcessor upstreamKeyIsUsable(Environment environment) {
        return beans -> UpstreamKey.of(
                environment.getProperty("reelgate.upstream.api-key"), environment.acceptsProfiles(SANDBOX));
    }

    @Bean
    UpstreamKey upstreamKey(UpstreamProperties properties, Environment environment) {
        return UpstreamKey.of(properties.apiKey(), environment.acceptsProfiles(SANDBOX));
    }

    @Bean
    UpstreamConnections upstreamConnections(
            WebClient.Builder builder, UpstreamProperties properties, UpstreamKey upstreamKey) {
        return new UpstreamConnections(builder, properties, upstreamKey);
    }

    @Bean
    UpstreamClient upstreamClient(
            UpstreamConnections connections,
            UpstreamProperties properties,
            UpstreamKey upstreamKey,
            UpstreamHealth health,
            Timer timeouts,
            Clock clock) {
        return client(connections, properties, upstreamKey, health, timeouts, clock);
    }

    @Bean
    MeterBinder mixUps(UpstreamHealth health) {
        return meters -> FunctionCounter.builder("reelgate.polls.mixed.up", health, UpstreamHealth::mixUps)
                .description("Answers to polls that were about another task, and so were not believed")
                .register(meters);
    }

    public static UpstreamClient client(
            UpstreamConnections connections,
            UpstreamProperties properties,
            UpstreamKey key,
            UpstreamHealth health,
            Timer timeouts,
            Clock clock) {
        var redactor = new Redactor(key);
        var errors = new ErrorReader(redactor);
        var addresses = new UpstreamAddresses(properties);
        var retryAfter = new RetryAfter(clock);
        return new WebClientUpstream(
                connections,
                addresses,
                properties,
                new SubmissionReader(redactor, errors, retryAfter),
                new PollReader(errors, new SnapshotReader(redactor, errors, addresses), retryAfter),
                new FilmReader(properties, addresses, errors, redactor),
                new TransportFailures(redactor),
                health,
                timeouts,
                clock);
    }
}
