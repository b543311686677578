package io.reelgate.submission;

import io.reelgate.upstream.UpstreamClient;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes one attempt: sends the job, and has what came of it put on record. */
@Component
class Attempts {

    private final UpstreamClient upstream;
    private final OutcomeWriter outcomes;
    private final SubmissionMetrics metrics;

    Attempts(UpstreamClient upstream, OutcomeWriter outcomes, SubmissionMetrics metrics) {
        this.upstream = upstream;
        this.outcomes = outcomes;
        this.metrics = metrics;
    }

    SettledAttempt make(SentJob job, byte[] body) {
        long began = System.nanoTime();
        var result = upstream.submit(body, job.attempt().sentAt());
        var latency = Duration.ofNanos(System.nanoTime() - began);
        var settled = outcomes.write(job, result, latency);
        metrics.settled(result.outcome(), latency);
        return settled;
    }
}
