package io.reelgate.opsapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.operations.AccountTasks;
import io.reelgate.operations.AccountTasks.Tasks;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /ops/api/accounts}: whose tasks are in flight, and which of them this gateway asks for. */
@RestController
class AccountsApi {

    static final String PATH = "/ops/api/accounts";

    private final AccountTasks tasks;

    AccountsApi(AccountTasks tasks) {
        this.tasks = tasks;
    }

    /** All accounts on record, the oldest first. */
    record AccountsJson(List<AccountJson> items) {}

    /**
     * An account that jobs were sent to.
     *
     * @param address its base URL; {@code null} for what was sent before accounts were on record
     * @param served whether this gateway asks for its tasks; others are left alone
     * @param inFlight jobs that it has and has not ended
     */
    record AccountJson(
            String name,
            @Nullable String address,
            boolean served,
            @JsonProperty("in_flight") long inFlight) {

        static AccountJson of(Tasks tasks) {
            return new AccountJson(
                    tasks.account().name(),
                    tasks.account().address(),
                    tasks.account().served(),
                    tasks.inFlight());
        }
    }

    @GetMapping(PATH)
    AccountsJson all() {
        return new AccountsJson(tasks.all().stream().map(AccountJson::of).toList());
    }

    /** All accounts of this name are the same, at whichever address; answers with all accounts as they are then. */
    @PostMapping(PATH + "/{name}/adopt")
    AccountsJson adopt(@PathVariable String name, Principal by) {
        tasks.adopt(name, by.getName());
        return all();
    }
}
