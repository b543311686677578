package io.reelgate.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Keeps the token that forms must send back: in the session of who has logged in by the form, else in a cookie, so that
 * the gateway keeps nothing for strangers.
 *
 * <p>A cookie proves less than a session, since whoever may write cookies for this host could plant one. So it counts only
 * where there is no session: for the login itself, and for browsers that log in by Basic. The guard against other sites stands
 * before both.
 */
public class FormTokens implements CsrfTokenRepository {

    static final String COOKIE = "REELGATE_FORM";

    private static final String HEADER = "X-CSRF-TOKEN";

    private final CsrfTokenRepository sessions = new HttpSessionCsrfTokenRepository();
    private final CookieCsrfTokenRepository cookies = new CookieCsrfTokenRepository();

    /** With cookies for HTTPS alone, or for HTTP as well. */
    public FormTokens(boolean secure) {
        cookies.setCookieName(COOKIE);
        cookies.setHeaderName(HEADER);
        cookies.setCookiePath("/ops");
        cookies.setCookieCustomizer(cookie -> cookie.sameSite("Lax").secure(secure));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return repository(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        repository(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return repository(request).loadToken(request);
    }

    private CsrfTokenRepository repository(HttpServletRequest request) {
        return request.getSession(false) == null ? cookies : sessions;
    }
}
