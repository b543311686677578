package io.reelgate.billing;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says an unusable price in one sentence instead of a stack trace. */
final class InvalidBillingAnalyzer extends AbstractFailureAnalyzer<InvalidBilling> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidBilling cause) {
        return new FailureAnalysis(cause.sentence(), null, cause);
    }
}
