package io.reelgate.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * An answer that tells an app why nothing was bought, thrown from wherever that becomes certain.
 *
 * <p>It is rendered as the upstream's own envelope, {@code {"error":{"message","type","code","param","request_id"}}},
 * because the apps' clients already parse that.
 */
public final class AppError extends RuntimeException {

    private final HttpStatusCode status;
    private final String code;
    private final @Nullable String param;
    private final @Nullable Duration retryAfter;

    private AppError(
            HttpStatusCode status, String code, String message, @Nullable String param, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /** An error with this HTTP status, machine-readable code, and a message that says what to do. */
    public static AppError of(int status, String code, String message) {
        return new AppError(HttpStatusCode.valueOf(status), code, message, null, null);
    }

    /** A 400 {@code invalid_request} about one field of the body. */
    public static AppError invalid(@Nullable String param, String message) {
        return new AppError(HttpStatusCode.valueOf(400), "invalid_request", message, param, null);
    }

    /** The same error about this field or header. */
    public AppError about(String param) {
        return new AppError(status, code, getMessage(), param, retryAfter);
    }

    /** The same error with a {@code Retry-After}, rounded up to whole seconds, at least one. */
    public AppError retryAfter(Duration delay) {
        return new AppError(status, code, getMessage(), param, delay);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The HTTP status of the answer. */
    public HttpStatusCode status() {
        return status;
    }

    /** The machine-readable code, such as {@code insufficient_quota}. */
    public String code() {
        return code;
    }

    /** The field or header at fault, or {@code null} if it is none in particular. */
    public @Nullable String param() {
        return param;
    }

    /** How long to wait before sending again, or {@code null} if waiting changes nothing. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * Whether the same request may succeed by itself a little later. Nothing was bought by this one, so a repeat buys nothing
     * twice; after a defect, whatever its message hopes, that is for people to find out.
     */
    boolean isWorthARepeat() {
        return retryAfter != null || status.value() == 408 || status.value() == 429 || status.value() == 503;
    }
}
