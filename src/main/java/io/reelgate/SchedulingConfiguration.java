package io.reelgate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.TransactionException;

/**
 * Gives the scheduled tasks several threads: with Boot's scheduler for virtual threads, all tasks of fixed delay would
 * share one, and a sweep that waits for the database would hold up the poller.
 *
 * <p>Most first run a second after the start: all of them at once, with jobs in flight to poll, would compete with the
 * start itself and put off readiness. The first requests need only whether submissions are paused, and how long past jobs took.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SchedulingConfiguration.class);

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(8);
        scheduler.setThreadNamePrefix("scheduled-");
        scheduler.setErrorHandler(SchedulingConfiguration::putOff);
        return scheduler;
    }

    /** What needs the database and does not find it is done the next time; anything else is a defect. */
    private static void putOff(Throwable failure) {
        switch (failure) {
            case DataAccessException away -> log.debug("A scheduled task was put off: {}", away.toString());
            case TransactionException away -> log.debug("A scheduled task was put off: {}", away.toString());
            default -> log.error("A scheduled task failed; it will run again", failure);
        }
    }
}
