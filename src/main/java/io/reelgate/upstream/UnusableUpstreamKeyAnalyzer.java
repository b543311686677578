package io.reelgate.upstream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says a missing or unusable key in one sentence instead of a stack trace. */
final class UnusableUpstreamKeyAnalyzer extends AbstractFailureAnalyzer<UnusableUpstreamKey> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableUpstreamKey cause) {
        return new FailureAnalysis(cause.sentence(), null, cause);
    }
}
