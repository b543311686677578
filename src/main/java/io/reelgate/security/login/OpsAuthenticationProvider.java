package io.reelgate.security.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Decides whether a name and a password, from the form or from Basic, are those of ops. Those that are pass at once, whatever
 * was tried before and by whom; see {@link FailedLogins} for the others.
 */
public class OpsAuthenticationProvider implements AuthenticationProvider {

    public static final String ROLE = "OPS";

    private final String user;
    private final OpsPassword password;
    private final FailedLogins failures;

    public OpsAuthenticationProvider(String user, OpsPassword password, FailedLogins failures) {
        this.user = user;
        this.password = password;
        this.failures = failures;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        var address = presented.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
        if (!matches(presented, address)) {
            failures.hold(address);
            throw new BadCredentialsException("Wrong user or password");
        }
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
    private boolean matches(Authentication presented, String address) {
        var rightUser = MessageDigest.isEqual(
                user.getBytes(StandardCharsets.UTF_8), presented.getName().getBytes(StandardCharsets.UTF_8));
        try {
            var rightPassword =
                    password.matches(String.valueOf(presented.getCredentials()), FailedLogins.network(address));
            return rightUser & rightPassword;
        } catch (TooManyLoginAttempts busy) {
            failures.turnedAway(address);
            throw busy;
        }
    }
}
