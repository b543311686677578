package io.reelgate.web;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** Keeps requests that wait on purpose out of {@code http.server.requests}: a minute of theirs says nothing of the gateway's speed. */
@Configuration(proxyBeanMethods = false)
public class WaitsObservation {

    private static final String WAITS = "io.reelgate.waits";

    private static final KeyValue WAITING = KeyValue.of("uri", "WAITS");

    /** From here on the request waits on purpose. */
    public static void waits(HttpServletRequest request) {
        request.setAttribute(WAITS, true);
    }

    @Bean
    ServerRequestObservationConvention requestObservation() {
        return new DefaultServerRequestObservationConvention() {
            @Override
            protected KeyValue uri(ServerRequestObservationContext context) {
                var request = context.getCarrier();
                return request != null && request.getAttribute(WAITS) != null ? WAITING : super.uri(context);
            }
        };
    }

    @Bean
    MeterFilter withoutWaits() {
        return MeterFilter.deny(WaitsObservation::isOfWait);
    }

    private static boolean isOfWait(Meter.Id meter) {
        return meter.getName().equals("http.server.requests")
                && WAITING.getValue().equals(meter.getTag(WAITING.getKey()));
    }
}
