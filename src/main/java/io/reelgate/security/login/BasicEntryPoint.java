package io.reelgate.security.login;

import io.reelgate.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers programs that are not logged in, or not with the right password: a Basic challenge, or how long to wait. */
@Component
public class BasicEntryPoint implements AuthenticationEntryPoint {

    private final ProblemWriter problems;

    BasicEntryPoint(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof TooManyLoginAttempts tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.retryAfterSeconds()));
            problems.write(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Wrong user or password, or too many failed logins just now; wait as Retry-After says.",
                    request,
                    response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Reelgate ops\", charset=\"UTF-8\"");
        problems.write(HttpStatus.UNAUTHORIZED, "Log in as the ops user by HTTP Basic.", request, response);
    }
}
