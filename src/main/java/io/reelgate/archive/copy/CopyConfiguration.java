package io.reelgate.archive.copy;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.query.JobQueries;
import io.reelgate.net.GuardedConnections;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.reactive.function.client.WebClient;

/** What copies films, where there is a store for them. */
@Configuration(proxyBeanMethods = false)
@Conditional(CopyConfiguration.WithStore.class)
class CopyConfiguration {

    @Bean
    GuardedConnections filmConnections(WebClient.Builder builder, ArchiveProperties properties) {
        return new GuardedConnections(builder, "films", properties.allowedNetworks(), properties.longestStall());
    }

    @Bean
    WorkFolder workFolder(ArchiveProperties properties) {
        return new WorkFolder(
                Objects.requireNonNull(properties.path()).toAbsolutePath().normalize());
    }

    @Bean
    FilmCopier filmCopier(
            FilmTickets tickets,
            JobQueries jobs,
            Accounts accounts,
            GuardedConnections filmConnections,
            UpstreamClient upstream,
            WorkFolder workFolder,
            FilmStore store,
            ArchiveWatch watch,
            MeterRegistry meters,
            Clock clock,
            ArchiveProperties properties) {
        return new FilmCopier(
                tickets,
                jobs,
                accounts,
                new FilmSource(new LinkClient(filmConnections), upstream),
                new FilmWriter(properties.maxSize().toBytes(), watch::isDiskFull),
                workFolder,
                store,
                watch,
                new CopyMetrics(meters),
                clock,
                properties);
    }

    @Bean
    WorkSweep workSweep(WorkFolder workFolder, FilmTickets tickets, Clock clock) {
        return new WorkSweep(workFolder, tickets, clock);
    }

    /** A store is configured. */
    static final class WithStore implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !"none"
                    .equalsIgnoreCase(context.getEnvironment()
                            .getProperty("reelgate.archive.store", "none")
                            .strip());
        }
    }
}
