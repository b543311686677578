package io.reelgate.delivery.webhook;

import io.reelgate.net.GuardedConnections;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/** What deliveries go by. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    GuardedConnections webhookConnections(
            WebClient.Builder builder, WebhookProperties properties, Environment environment) {
        return new GuardedConnections(
                builder, "webhooks", properties.allowedNetworks(), new OwnAddress(environment), properties.timeout());
    }

    @Bean
    RetrySchedule webhookSchedule(WebhookProperties properties, Clock clock) {
        return new RetrySchedule(properties.schedule(), clock);
    }
}
