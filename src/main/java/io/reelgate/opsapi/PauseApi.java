package io.reelgate.opsapi;

import io.reelgate.admission.SubmissionGate;
import io.reelgate.operations.OpsProblem;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/pause}: whether submissions are paused, for all replicas. */
@RestController
class PauseApi {

    static final String PATH = "/ops/api/pause";

    private final SubmissionGate gate;

    PauseApi(SubmissionGate gate) {
        this.gate = gate;
    }

    /** The wish; {@code note} is shown to apps and ops. */
    record Wish(@Nullable Boolean paused, @Nullable String note) {}

    /** The state, who set it, and when. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Pause(
            boolean paused,
            @Nullable String note,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {

        static Pause of(SubmissionGate.State state) {
            return new Pause(state.paused(), state.note(), state.changedBy(), state.changedAt());
        }
    }

    @GetMapping(PATH)
    Pause state() {
        return Pause.of(gate.state());
    }

    @PostMapping(PATH)
    Pause pause(@RequestBody Wish wish, Principal by) {
        if (wish.paused() == null) {
            throw OpsProblem.parameter("paused", "paused must be true or false");
        }
        return Pause.of(gate.pause(wish.paused(), wish.note(), by.getName()));
    }
}
