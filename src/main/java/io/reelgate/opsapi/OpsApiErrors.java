package io.reelgate.opsapi;

import io.reelgate.operations.OpsProblem;
import io.reelgate.web.Answers;
import io.reelgate.web.BodyFailure;
import io.reelgate.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns whatever went wrong under {@code /ops/api} into an RFC 9457 problem document.
 *
 * <p>A resolver and not an advice, because it goes by the path: a wrong method or an unknown route has no controller.
 */
@Component
class OpsApiErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(OpsApiErrors.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final ProblemWriter problems;

    OpsApiErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!request.getRequestURI().startsWith("/ops/api/")) {
            return null;
        }
        if (response.isCommitted()) {
            log.info("{} {} broke off: {}", request.getMethod(), request.getRequestURI(), e.toString());
            return null;
        }
        try {
            Answers.reset(request, response);
            if (e instanceof ErrorResponse error) {
                error.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            }
            var problem = problem(request, e);
            if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            }
            problems.write(problem, request, response);
        } catch (IOException gone) {
            log.debug("The caller was gone before the problem could be written", gone);
        }
        return new ModelAndView();
    }

    private static ProblemDetail problem(HttpServletRequest request, Exception e) {
        return switch (e) {
            case OpsProblem known -> of(known);
            case BodyFailure failure -> failure.problem();
            case HttpMessageNotReadableException _ ->
                problem(HttpStatus.BAD_REQUEST, "The body is not the JSON expected");
            case TypeMismatchException _ -> problem(HttpStatus.BAD_REQUEST, "A parameter is not of the kind expected");
            case ErrorResponse error -> error.getBody();
            case OptimisticLockingFailureException _ ->
                problem(HttpStatus.CONFLICT, "The job changed in the same instant; look at it again");
            case DataAccessException _ -> databaseAway(e);
            case TransactionException _ -> databaseAway(e);
            default -> {
                log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
                yield problem(HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed; its log says more");
            }
        };
    }

    private static ProblemDetail of(OpsProblem known) {
        var problem = problem(known.status(), known.detail());
        if (known.wrongParameter() != null) {
            problem.setProperty("parameter", known.wrongParameter());
        }
        return problem;
    }

    private static ProblemDetail databaseAway(Exception e) {
        log.error("The database is away: {}", e.getMessage());
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The record is away: its database does not answer");
    }

    private static ProblemDetail problem(HttpStatus status, String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
