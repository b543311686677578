package io.reelgate.security.login;

import io.reelgate.web.ErrorResponses;
import io.reelgate.web.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Leads a person to the login and back to the {@link WantedPage}; there is no session before they have logged in.
 *
 * <p>All redirects are relative, so that they hold behind a proxy that ends TLS. htmx swaps what it gets into the page, and
 * a login form inside a table helps nobody: its requests are told to reload the whole page instead.
 */
@Component
public class LoginHandler
        implements AuthenticationEntryPoint,
                AuthenticationSuccessHandler,
                AuthenticationFailureHandler,
                AccessDeniedHandler {

    public static final String LOGIN = "/ops/login";

    /** How long who has logged in may be away. */
    private static final Duration SHIFT = Duration.ofHours(12);

    private final BasicEntryPoint challenge;
    private final ProblemWriter problems;

    LoginHandler(BasicEntryPoint challenge, ProblemWriter problems) {
        this.challenge = challenge;
        this.problems = problems;
    }

    /** Nobody is logged in: browsers get the form, programs a Basic challenge. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (isHtmx(request)) {
            reload(HttpStatus.UNAUTHORIZED, response);
        } else if (ErrorResponses.isBrowser(request)) {
            response.sendRedirect(WantedPage.of(request).login(""));
        } else {
            challenge.commence(request, response, cause);
        }
    }

    /** The form was filled in rightly: on to the page that was asked for, else to the overview. */
    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        request.getSession().setMaxInactiveInterval((int) SHIFT.toSeconds());
        response.sendRedirect(WantedPage.named(request).address());
    }

    /** The form was filled in wrongly, or too often. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException, ServletException {
        if (cause instanceof TooManyLoginAttempts tooMany) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.retryAfterSeconds()));
            request.setAttribute(LoginController.WAIT, tooMany.retryAfterSeconds());
            request.getRequestDispatcher(LoginController.LOCKED).forward(request, response);
        } else {
            response.sendRedirect(WantedPage.named(request).login("error"));
        }
    }

    /** A form without a valid token: nearly always one that stood open longer than its session, or over a restart. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        if (isHtmx(request)) {
            reload(HttpStatus.FORBIDDEN, response);
        } else if (cause instanceof CsrfException && ErrorResponses.isBrowser(request)) {
            response.sendRedirect(WantedPage.named(request).login("expired"));
        } else {
            problems.write(
                    HttpStatus.FORBIDDEN,
                    "Pages take what their own forms send; programs use /ops/api.",
                    request,
                    response);
        }
    }

    private static void reload(HttpStatus status, HttpServletResponse response) {
        response.setStatus(status.value());
        response.setHeader("HX-Refresh", "true");
    }

    private static boolean isHtmx(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }
}
