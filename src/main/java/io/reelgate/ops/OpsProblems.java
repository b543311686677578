package io.reelgate.ops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Renders what goes wrong in the ops API as problem documents. */
@RestControllerAdvice(annotations = OpsApi.class)
class OpsProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(OpsProblems.class);

    @ExceptionHandler
    ProblemDetail problem(OpsProblem problem) {
        var detail = ProblemDetail.forStatusAndDetail(problem.status(), problem.getMessage());
        if (problem.parameter() != null) {
            detail.setProperty("parameter", problem.parameter());
        }
        return detail;
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ProblemDetail databaseAway(Exception e) {
        log.error("The database is away: {}", e.getMessage());
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "The record is away; try again soon");
    }
}
