package io.reelgate.web.tomcat;

import io.reelgate.web.ErrorResponses;
import io.reelgate.web.RequestIdFilter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Gives Tomcat's own refusals the gateway's shapes, in place of a page of Tomcat's: requests that it cannot read, what was
 * refused by {@code sendError}, and what was thrown and caught by nobody.
 */
final class TomcatErrors extends ErrorReportValve {

    private final ErrorResponses errors;

    TomcatErrors(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || !response.setErrorReported() || !canWrite(response)) {
            return;
        }
        try {
            response.setAppCommitted(false); // by sendError, which wants nothing to be added by the application
            response.resetBuffer(true);
            response.setContentLength(-1);
            RequestIdFilter.identify(request.getRequest(), response.getResponse());
            errors.write(status(response.getStatus()), request.getRequest(), response.getResponse());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // Nobody listens any more.
        }
    }

    /**
     * 501 and 505 stand for a method, a transfer coding or a version that no client of ours sends: the request is wrong, not
     * the gateway, whose failures are counted by their 5xx.
     */
    private static HttpStatus status(int tomcats) {
        var status = HttpStatus.resolve(tomcats);
        return switch (status) {
            case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED -> HttpStatus.BAD_REQUEST;
            case null -> tomcats < 500 ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
            default -> status;
        };
    }

    private static boolean canWrite(Response response) {
        var allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
