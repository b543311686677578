package io.reelgate.web;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * A request's body broke, or did not come in time, whoever was reading it.
 *
 * <p>It is unchecked on purpose: an {@link java.io.IOException} of a body Tomcat answers by itself, and the gateway's own
 * answer would not be sent.
 */
public final class BodyFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final String message;

    private BodyFailure(HttpStatus status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** It ended before its end, or is not framed as HTTP asks. */
    public static BodyFailure brokenOff() {
        return new BodyFailure(HttpStatus.BAD_REQUEST, "incomplete_body", "The request body broke off before its end");
    }

    /** Nothing came, or too little for the time that it took. */
    public static BodyFailure tooSlow() {
        return new BodyFailure(
                HttpStatus.REQUEST_TIMEOUT, "request_timeout", "The request body came too slowly; send it again");
    }

    /** The HTTP status to answer with. */
    public HttpStatus status() {
        return status;
    }

    /** What is wrong, in a word: {@code incomplete_body} or {@code request_timeout}. */
    public String code() {
        return code;
    }

    /** The answer for apps. */
    public AppError forApps() {
        return AppError.of(status.value(), code, message);
    }

    /** The answer for everybody else. */
    public ProblemDetail problem() {
        return ProblemDetail.forStatusAndDetail(status, message);
    }
}
