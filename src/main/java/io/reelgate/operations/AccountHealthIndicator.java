package io.reelgate.operations;

import io.reelgate.operations.AccountTasks.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The health component {@code account}: which account this gateway is configured for, and whose tasks it leaves alone. It is up all
 * the same, since that is what keeps those tasks safe.
 */
@Component
class AccountHealthIndicator extends AbstractHealthIndicator {

    private final AccountTasks tasks;

    AccountHealthIndicator(AccountTasks tasks) {
        super("Cannot read whose tasks are in flight");
        this.tasks = tasks;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var configured = tasks.configured();
        health.up().withDetail("name", configured.name()).withDetail("address", String.valueOf(configured.address()));
        var elsewhere = tasks.elsewhere();
        if (!elsewhere.isEmpty()) {
            health.withDetail("elsewhere", described(elsewhere));
        }
    }

    private static List<Map<String, Object>> described(List<Tasks> elsewhere) {
        return elsewhere.stream()
                .map(one -> {
                    var described = new LinkedHashMap<String, Object>();
                    described.put("name", one.account().name());
                    described.put("address", String.valueOf(one.account().address()));
                    described.put("in_flight", one.inFlight());
                    return Map.<String, Object>copyOf(described);
                })
                .toList();
    }
}
