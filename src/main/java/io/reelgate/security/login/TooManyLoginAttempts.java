package io.reelgate.security.login;

import io.reelgate.web.RetryAfterHeader;
import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A login that failed among too many others, or that could not be looked at because of them. */
class TooManyLoginAttempts extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyLoginAttempts(Duration wait) {
        super("Too many failed logins just now");
        this.wait = wait;
    }

    /** The time to wait in whole seconds, rounded up, at least one. */
    long retryAfterSeconds() {
        return RetryAfterHeader.seconds(wait);
    }
}
