package io.reelgate.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The JSON of every error under {@code /v1}: the upstream's envelope, with the request id added. */
public record ErrorEnvelope(Details error) {

    /** What went wrong; {@code type} is {@code invalid_request_error} below 500 and {@code api_error} from there on. */
    public record Details(
            String message,
            String type,
            String code,
            @Nullable String param,
            @JsonProperty("request_id") @Nullable String requestId) {}

    /** The whole HTTP answer for this error; {@code requestId} is the id the answer carries as {@code X-Request-Id}. */
    public static ResponseEntity<ErrorEnvelope> answer(AppError error, @Nullable String requestId) {
        var type = error.status().is5xxServerError() ? "api_error" : "invalid_request_error";
        var details = new Details(error.getMessage(), type, error.code(), error.param(), requestId);
        var headers = new HttpHeaders();
        var delay = error.retryAfter();
        if (delay != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(RetryAfterHeader.seconds(delay)));
        }
        return ResponseEntity.status(error.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ErrorEnvelope(details));
    }
}
