package io.reelgate.security;

import io.reelgate.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers every path that no rule of {@link SecurityConfiguration} names: {@code /} leads to the console, the rest is 404.
 *
 * <p>So a controller under a new path is unreachable until somebody has decided who may call it.
 */
class UnknownPathFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    UnknownPathFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if ("/".equals(request.getServletPath()) && "GET".equals(request.getMethod())) {
            response.sendRedirect("/ops");
        } else {
            problems.write(HttpStatus.NOT_FOUND, "There is nothing at this path.", request, response);
        }
    }
}
