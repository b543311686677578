package io.reelgate.console;

import io.reelgate.operations.OpsProblem;
import io.reelgate.web.Answers;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Turns whatever went wrong on a page of the console into a page that says so. */
@Component
class ConsoleErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    private final PageFrame frame;
    private final Formats words;

    ConsoleErrors(PageFrame frame, Formats words) {
        this.frame = frame;
        this.words = words;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        var path = request.getRequestURI();
        boolean console = path.equals("/ops") || path.startsWith("/ops/");
        if (!console || path.startsWith("/ops/api/") || path.startsWith("/ops/assets/") || response.isCommitted()) {
            return null;
        }
        var status = status(e);
        boolean away = e instanceof DataAccessException || e instanceof TransactionException;
        if (status == HttpStatus.INTERNAL_SERVER_ERROR || away) {
            log.error("{} {} failed", request.getMethod(), path, e);
        }
        Answers.reset(request, response);
        var page = new ModelAndView("ops/problem", status);
        page.addObject("status", status.value());
        page.addObject(
                "word",
                e instanceof OpsProblem problem && problem.word() != null
                        ? problem.word()
                        : String.valueOf(status.value()));
        page.addObject("detail", e instanceof OpsProblem problem ? words.problem(problem) : null);
        page.addObject("away", away);
        frame.fill(page, request);
        return page;
    }

    private static HttpStatus status(Exception e) {
        return switch (e) {
            case OpsProblem problem -> problem.status();
            case BodyFailure failure -> failure.status();
            case DataAccessException _ -> HttpStatus.SERVICE_UNAVAILABLE;
            case TransactionException _ -> HttpStatus.SERVICE_UNAVAILABLE;
            case TypeMismatchException _ -> HttpStatus.BAD_REQUEST;
            case ErrorResponse error -> HttpStatus.valueOf(error.getStatusCode().value());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
