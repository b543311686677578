package io.reelgate.submission;

import io.reelgate.submission.hold.HeldAttempt;
import io.reelgate.submission.hold.Turn;
import java.util.concurrent.CompletionStage;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Sends jobs that waited the way that all jobs go. */
@Component
class HeldSubmissions implements HeldAttempt {

    private final CallsInFlight calls;
    private final Attempts attempts;

    HeldSubmissions(CallsInFlight calls, Attempts attempts) {
        this.calls = calls;
        this.attempts = attempts;
    }

    @Override
    public CompletionStage<?> begin(Turn turn) {
        try (var _ = MDC.putCloseable("job", turn.job().id())) {
            return calls.start(() -> attempts.make(SentJob.again(turn), turn.body()));
        }
    }
}
