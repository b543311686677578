package io.reelgate.api;

import io.reelgate.web.AppError;
import io.reelgate.web.BodyFailure;
import io.reelgate.web.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns whatever went wrong under {@code /v1} into the envelope that apps parse.
 *
 * <p>A resolver and not an advice, because it goes by the path: a wrong method or an unknown route has no controller.
 */
@Component
class AppErrorResolver implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(AppErrorResolver.class);

    private static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(5);

    private final ErrorWriter errors;

    AppErrorResolver(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!isForApps(request.getServletPath())) {
            return null;
        }
        if (response.isCommitted()) {
            log.info("{} {} broke off: {}", request.getMethod(), request.getRequestURI(), e.toString());
            // What broke off in the middle of an answer has to break the connection too, or the app would take a part
            // for the whole.
            return null;
        }
        try {
            if (e instanceof HttpRequestMethodNotSupportedException wrongMethod) {
                response.setHeader(HttpHeaders.ALLOW, wrongMethod.getHeaders().getFirst(HttpHeaders.ALLOW));
            }
            errors.write(error(request, e), request, response);
        } catch (IOException gone) {
            log.debug("The app was gone before its error could be written", gone);
        }
        return new ModelAndView();
    }

    private static boolean isForApps(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    private AppError error(HttpServletRequest request, Exception e) {
        return switch (e) {
            case AppError error -> error;
            case BodyFailure failure -> failure.forApps();
            case HttpRequestMethodNotSupportedException _ ->
                AppError.of(405, "method_not_allowed", request.getMethod() + " is not possible here");
            case HttpMediaTypeNotSupportedException _ ->
                AppError.of(415, "unsupported_media_type", "Send Content-Type: application/json");
            case InvalidParameterException _ -> AppError.invalid(null, "The query of the address cannot be read");
            case NoResourceFoundException _ -> AppError.of(404, "not_found", "There is no such route");
            case DataAccessException _ -> databaseAway(e);
            case TransactionException _ -> databaseAway(e);
            default -> {
                log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
                yield AppError.of(500, "internal_error", "The gateway failed; nothing was bought by this request");
            }
        };
    }

    private static AppError databaseAway(Exception e) {
        log.error("The database is away: {}", e.getMessage());
        return AppError.of(503, "record_unavailable", "The gateway's record is away; nothing was sent, try again soon")
                .retryAfter(RETRY_AFTER_OUTAGE);
    }
}
