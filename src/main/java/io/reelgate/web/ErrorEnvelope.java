package io.reelgate.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The JSON of every error under {@code /v1}: the upstream's envelope, with the request id added. */
public record ErrorEnvelope(
        @Schema(description = "What went wrong") Details error) {

    /** Obeyed by the SDKs for OpenAI, which otherwise send a second time whatever ends with 409 or 500. */
    private static final String SHOULD_RETRY = "x-should-retry";

    /** What went wrong; {@code type} is {@code invalid_request_error} below 500 and {@code api_error} from there on. */
    @Schema(description = "What went wrong")
    public record Details(
            @Schema(description = "What went wrong, in words", example = "'prompt' is missing")
            String message,

            @Schema(
                    description = "invalid_request_error below 500, api_error from there on",
                    example = "invalid_request_error")
            String type,

            @Schema(description = "The reason for programs to go by", example = "invalid_request")
            String code,

            @Schema(description = "The field or header at fault, if it is one", example = "prompt") @Nullable
            String param,

            @Schema(description = "Name it when you ask ops", example = "req_055dbeca5dea7522711b")
            @JsonProperty("request_id")
            @Nullable
            String requestId) {}

    /** The whole HTTP answer for this error; {@code requestId} is the id the answer carries as {@code X-Request-Id}. */
    public static ResponseEntity<ErrorEnvelope> answer(AppError error, @Nullable String requestId) {
        var type = error.status().is5xxServerError() ? "api_error" : "invalid_request_error";
        var details = new Details(error.getMessage(), type, error.code(), error.param(), requestId);
        var headers = new HttpHeaders();
        var delay = error.retryAfter();
        if (delay != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(RetryAfterHeader.seconds(delay)));
        }
        if (!error.isWorthARepeat()) {
            headers.set(SHOULD_RETRY, "false");
        }
        return ResponseEntity.status(error.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ErrorEnvelope(details));
    }
}
