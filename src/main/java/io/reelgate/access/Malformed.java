package io.reelgate.access;

import io.reelgate.facade.AppError;
import io.reelgate.facade.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers requests whose path or headers Spring Security's firewall finds too odd to be matched by any rule. */
@Component
class Malformed implements RequestRejectedHandler {

    private static final String WHY = "The path or a header of this request holds what no well-formed request holds";

    private final ErrorWriter appErrors;
    private final Problems problems;

    Malformed(ErrorWriter appErrors, Problems problems) {
        this.appErrors = appErrors;
        this.problems = problems;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        if (request.getServletPath().startsWith("/v1/")) {
            appErrors.write(AppError.invalid(null, WHY), request, response);
        } else {
            problems.write(HttpStatus.BAD_REQUEST, WHY, request, response);
        }
    }
}
