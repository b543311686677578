package io.reelgate.security;

import io.reelgate.web.ErrorResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers requests whose path, method or headers Spring Security's firewall finds too odd to be matched by any rule. */
@Component
class RejectedRequestHandler implements RequestRejectedHandler {

    private final ErrorResponses errors;

    RejectedRequestHandler(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        errors.write(HttpStatus.BAD_REQUEST, request, response);
    }
}
