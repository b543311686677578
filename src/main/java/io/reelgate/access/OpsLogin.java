package io.reelgate.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Decides whether a name and a password, from the form or from Basic, are those of ops. */
class OpsLogin implements AuthenticationProvider {

    static final String ROLE = "OPS";

    private static final Logger log = LoggerFactory.getLogger(OpsLogin.class);

    private final String user;
    private final OpsPassword password;
    private final LoginAttempts attempts;

    OpsLogin(String user, OpsPassword password, LoginAttempts attempts) {
        this.user = user;
        this.password = password;
        this.attempts = attempts;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        var address = presented.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
        var wait = attempts.waitOf(address);
        if (wait.isPositive()) {
            throw new TooManyAttempts(wait);
        }
        if (!matches(presented)) {
            attempts.failed(address);
            log.warn("Failed ops login from {}", address);
            throw new BadCredentialsException("Wrong user or password");
        }
        attempts.succeeded(address);
        var login = UsernamePasswordAuthenticationToken.authenticated(
                user, null, AuthorityUtils.createAuthorityList("ROLE_" + ROLE));
        login.setDetails(presented.getDetails());
        return login;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /** Both are always compared, so that the time taken does not tell which one was wrong. */
    private boolean matches(Authentication presented) {
        var rightUser = MessageDigest.isEqual(
                user.getBytes(StandardCharsets.UTF_8), presented.getName().getBytes(StandardCharsets.UTF_8));
        var rightPassword = password.matches(String.valueOf(presented.getCredentials()));
        return rightUser & rightPassword;
    }
}
