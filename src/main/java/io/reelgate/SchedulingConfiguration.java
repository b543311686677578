package io.reelgate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Gives the scheduled tasks several threads: with Boot's scheduler for virtual threads, all tasks of fixed delay would
 * share one, and a sweep that waits for the database would hold up the poller.
 *
 * <p>Most first run a second after the start: all of them at once, with jobs in flight to poll, would compete with the
 * start itself and put off readiness. The first requests need only the brake and the experience of past jobs.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(8);
        scheduler.setThreadNamePrefix("scheduled-");
        return scheduler;
    }
}
