package io.reelgate;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes time a bean: the clock, so that tests turn it instead of waiting, and the alarm of time-outs. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * For time-outs, which every call has and hardly any reaches. It looks twenty times a second, so that they come up to
     * 50 ms late, and to set one and to cancel it wakes nobody. The JDK's and Reactor's timers are exact, and on an idle
     * gateway each call would wake their threads.
     */
    @Bean(destroyMethod = "stop")
    Timer timeouts() {
        return new HashedWheelTimer(
                Thread.ofPlatform().name("timeouts").daemon().factory(), 50, TimeUnit.MILLISECONDS);
    }
}
