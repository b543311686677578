package io.reelgate.ops;

import io.reelgate.access.Brake;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/pause}: the switch that stops submissions on all replicas. */
@OpsApi("/ops/api/pause")
class PauseApi {

    private final Brake brake;

    PauseApi(Brake brake) {
        this.brake = brake;
    }

    /** The switch: {@code paused} is required; {@code note} is shown to the apps. */
    record Switch(@Nullable Boolean paused, @Nullable String note) {}

    /** Whether submissions are paused, and who last changed that, when and why. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            boolean paused,
            @Nullable String note,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {

        static Answer of(Brake.State state) {
            return new Answer(state.paused(), state.note(), state.changedBy(), state.changedAt());
        }
    }

    @GetMapping
    Answer state() {
        return Answer.of(brake.state());
    }

    @PostMapping
    Answer pause(@RequestBody Switch wanted, Principal user) {
        if (wanted.paused() == null) {
            throw OpsProblem.badParameter("paused", "'paused' must be true or false");
        }
        return Answer.of(brake.pause(wanted.paused(), wanted.note(), user.getName()));
    }
}
