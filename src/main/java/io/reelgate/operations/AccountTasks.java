package io.reelgate.operations;

import io.reelgate.job.stats.JobStatistics;
import io.reelgate.upstream.account.Accounts;
import io.reelgate.upstream.account.UpstreamAccount;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Whose tasks are in flight, and which of them this gateway leaves alone, because they are another account's. */
@Component
public class AccountTasks {

    private static final Logger log = LoggerFactory.getLogger(AccountTasks.class);

    private final Accounts accounts;
    private final ExpiringSupplier<List<Tasks>> counted;

    AccountTasks(Accounts accounts, JobStatistics jobs, OpsReads reads, Clock clock) {
        this.accounts = accounts;
        this.counted = new ExpiringSupplier<>(Duration.ofSeconds(2), clock, () -> {
            var inFlight = reads.timed(jobs::inFlightByAccount);
            return accounts.all().stream()
                    .map(account -> new Tasks(account, inFlight.getOrDefault(account.id(), 0L)))
                    // The record begins with one that is nowhere, for jobs of before.
                    .filter(tasks -> tasks.account().address() != null || tasks.inFlight() > 0)
                    .toList();
        });
    }

    /** An account and how many of its tasks are in flight. */
    public record Tasks(UpstreamAccount account, long inFlight) {}

    /** All accounts on record, the oldest first. */
    public List<Tasks> all() {
        return counted.get();
    }

    /** Those that have tasks in flight which this gateway leaves alone. */
    public List<Tasks> elsewhere() {
        return all().stream()
                .filter(tasks -> tasks.inFlight() > 0 && !tasks.account().served())
                .toList();
    }

    /** How many tasks in flight this gateway leaves alone. */
    public long countElsewhere() {
        return elsewhere().stream().mapToLong(Tasks::inFlight).sum();
    }

    /** The configured account's name and address. */
    public UpstreamAccount configured() {
        return accounts.configured();
    }

    /**
     * Ops say that all accounts of the configured name are the same; throws {@link OpsProblem} for any other name.
     *
     * @param by the user who says so
     */
    public void adopt(String name, String by) {
        if (!accounts.adopt(name)) {
            throw OpsProblem.of(
                    HttpStatus.CONFLICT,
                    "This gateway is configured for the account '%s', so it cannot ask for tasks of another name"
                            .formatted(accounts.name()));
        }
        log.warn("All accounts named {} are the same from now on, says {}", name, by);
        counted.forget();
    }

    /** The first thing that who has just started a gateway with the wrong settings should see. */
    @EventListener(ApplicationReadyEvent.class)
    void warn() {
        try {
            elsewhere().forEach(this::warn);
        } catch (OpsProblem | DataAccessException e) {
            log.info("Whose tasks are in flight could not be counted now: {}", e.getMessage());
        }
    }

    private void warn(Tasks tasks) {
        log.warn(
                "{} jobs in flight are LEFT ALONE: they were sent to the account {} at {}, and this gateway is configured for"
                        + " {} at {}. Mend the settings; or, if it is the same account at a new address, say so at /ops/accounts",
                tasks.inFlight(),
                tasks.account().name(),
                tasks.account().address(),
                configured().name(),
                configured().address());
    }
}
