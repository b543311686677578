package io.reelgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers for bodies that broke or came too slowly where none of the controllers' own errors do: a filter was reading a form for
 * its login or its token, or an endpoint of Spring Boot's its parameters.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public class UnreadableBodyFilter extends OncePerRequestFilter {

    private final ErrorWriter appErrors;
    private final ErrorResponses responses;

    UnreadableBodyFilter(ErrorWriter appErrors, ErrorResponses responses) {
        this.appErrors = appErrors;
        this.responses = responses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (BodyFailure failure) {
            answer(failure, request, response);
        } catch (ServletException e) {
            if (!(e.getCause() instanceof BodyFailure failure)) {
                throw e;
            }
            answer(failure, request, response);
        }
    }

    private void answer(BodyFailure failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            throw failure;
        }
        if (request.getServletPath().startsWith("/v1/")) {
            appErrors.write(failure.forApps(), request, response);
        } else {
            responses.write(failure.status(), failure.code(), request, response);
        }
    }
}
