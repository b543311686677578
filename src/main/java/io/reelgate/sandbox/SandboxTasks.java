package io.reelgate.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /sandbox/tasks}: the newest tasks of the simulated upstream, as the real one shows them to whoever logs in there. So ops can
 * rehearse what to do about a job whose answer was lost: find its task here, and attach it.
 *
 * <p>It is the sandbox's only memory, and no task needs it: those of before a restart, or of another replica, are missing.
 */
@RestController
@Profile("sandbox")
@Hidden
class SandboxTasks {

    private static final int MOST = 100;
    private static final int LONGEST_PROMPT = 200;

    private final Deque<Listed> newest = new ArrayDeque<>();
    private final Clock clock;

    SandboxTasks(Clock clock) {
        this.clock = clock;
    }

    private record Listed(SimulatedTask task, String prompt) {}

    /** A task as the list shows it. */
    record TaskJson(
            @JsonProperty("task_id") String taskId,
            String prompt,
            @JsonProperty("created_at") Instant createdAt,
            String status) {}

    @GetMapping("/sandbox/tasks")
    List<TaskJson> list() {
        var now = clock.instant();
        synchronized (newest) {
            return newest.stream()
                    .map(listed -> new TaskJson(
                            listed.task().id(),
                            listed.prompt(),
                            listed.task().start(),
                            listed.task().stateAt(now).name().toLowerCase(Locale.ROOT)))
                    .toList();
        }
    }

    /** Remembers a task that was begun for this prompt. */
    SimulatedTask add(SimulatedTask task, String prompt) {
        synchronized (newest) {
            newest.addFirst(new Listed(task, prompt.substring(0, Math.min(prompt.length(), LONGEST_PROMPT))));
            if (newest.size() > MOST) {
                newest.removeLast();
            }
        }
        return task;
    }
}
