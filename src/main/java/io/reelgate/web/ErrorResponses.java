package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Says why a request gets no further, where no controller does, in the shape that whoever asked can read: the envelope of
 * apps under {@code /v1}, a page for a browser at the console, else a problem document.
 *
 * <p>Where the path itself could not be read, nobody knows who asked, and the answer is envelope and problem document in one.
 */
@Component
public class ErrorResponses {

    private final ErrorWriter appErrors;
    private final ProblemWriter problems;
    private final MessageSource messages;

    ErrorResponses(ErrorWriter appErrors, ProblemWriter problems, MessageSource messages) {
        this.appErrors = appErrors;
        this.problems = problems;
        this.messages = messages;
    }

    /** Answers with this status, and with the words that go with it. */
    public void write(HttpStatus status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(status, String.valueOf(status.value()), request, response);
    }

    /** Answers with this status and the message {@code refused.why}; headers that belong to the answer must be set before. */
    public void write(HttpStatus status, String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var path = path(request);
        var error = AppError.of(status.value(), code(status), words(why, status, Locale.ENGLISH));
        if (isUnder(path, "/v1")) {
            appErrors.write(error, request, response);
        } else if (isPage(path) && isBrowser(request)) {
            page(status, why, request, response);
        } else {
            problem(error, path.isEmpty(), request, response);
        }
    }

    private void problem(AppError error, boolean forAppsToo, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var problem = ProblemDetail.forStatusAndDetail(error.status(), error.getMessage());
        if (forAppsToo) {
            var envelope = ErrorEnvelope.answer(error, RequestIds.of(request)).getBody();
            problem.setProperty("error", Objects.requireNonNull(envelope).error());
        }
        problems.write(problem, request, response);
    }

    private void page(HttpStatus status, String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var page = PlainErrorPage.of(
                status.value(),
                words(why, status, Locale.ENGLISH),
                words(why, status, Locale.CHINESE),
                RequestIds.of(request));
        response.setStatus(status.value());
        response.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8).toString());
        response.setHeader("Content-Security-Policy", PlainErrorPage.CONTENT_SECURITY_POLICY);
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private String words(String why, HttpStatus status, Locale language) {
        var words = messages.getMessage("refused." + why, null, status.getReasonPhrase(), language);
        return words == null ? status.getReasonPhrase() : words;
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "not_found";
            case METHOD_NOT_ALLOWED -> "method_not_allowed";
            case CONTENT_TOO_LARGE -> "request_too_large";
            case UNSUPPORTED_MEDIA_TYPE -> "unsupported_media_type";
            case SERVICE_UNAVAILABLE -> "overloaded";
            default -> status.is5xxServerError() ? "internal_error" : "invalid_request";
        };
    }

    /** As it was understood, else as it was sent, else nothing. */
    private static String path(HttpServletRequest request) {
        var understood = request.getServletPath();
        var sent = request.getRequestURI();
        var path = understood == null || understood.isEmpty() ? sent : understood;
        return path == null || !path.startsWith("/") ? "" : path;
    }

    private static boolean isPage(String path) {
        return isUnder(path, "/ops") && !isUnder(path, "/ops/api") && !isUnder(path, "/ops/assets");
    }

    private static boolean isUnder(String path, String parent) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }

    /** Whether who asked would rather see a page. */
    public static boolean isBrowser(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }
}
