package io.reelgate.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** An answer that is no task: one of the upstream's two error envelopes under the HTTP status that goes with it. */
final class Refusal extends RuntimeException {

    /** The envelope of the upstream's gates: {@code {"error":{"message","type","code"}}}. */
    private record Gate(Details error) {

        @JsonInclude(JsonInclude.Include.NON_NULL)
        private record Details(
                String message,
                @Nullable String type,
                @Nullable String code) {}
    }

    /** The envelope of its tasks: {@code {"code","message","data":null}}. */
    private record Task(
            String code, String message, @Nullable Object data) {}

    private final HttpStatus status;
    private final transient Object body;

    private Refusal(HttpStatus status, String message, Object body) {
        super(message, null, false, false);
        this.status = status;
        this.body = body;
    }

    static Refusal keyless() {
        return gate(
                HttpStatus.UNAUTHORIZED, "new_api_error", "", "No API key: send Authorization: Bearer YOUR_API_KEY");
    }

    static Refusal unknownModel(String model) {
        var message = "No available channel for model %s under group default (distributor)".formatted(model);
        return gate(HttpStatus.SERVICE_UNAVAILABLE, "new_api_error", "model_not_found", message);
    }

    /** Word for word the seed page's 402. */
    static Refusal quota() {
        return gate(HttpStatus.PAYMENT_REQUIRED, null, "insufficient_quota", "Insufficient balance");
    }

    /** In the stock upstream's words: what is left, and the flat sum that is taken for any job whatever its length. */
    static Refusal purse(String left, String needed) {
        var message = "预扣费额度失败, 用户剩余额度: ¥%s, 需要预扣费额度: ¥%s".formatted(left, needed);
        return gate(HttpStatus.FORBIDDEN, "new_api_error", "insufficient_user_quota", message);
    }

    static Refusal noPurse() {
        var message = "There is no purse, so nothing costs anything: start with reelgate.sandbox.purse=0 or more";
        return gate(HttpStatus.NOT_FOUND, "invalid_request_error", "no_purse", message);
    }

    static Refusal amount(String most) {
        var message = "amount must be a number of yuan, neither 0 nor beyond " + most + ", with at most two decimals";
        return gate(HttpStatus.BAD_REQUEST, "invalid_request_error", "invalid_amount", message);
    }

    static Refusal throttled() {
        return gate(
                HttpStatus.TOO_MANY_REQUESTS,
                "rate_limit_error",
                "rate_limit_exceeded",
                "Too many requests, please try again later");
    }

    static Refusal notReady(String status) {
        var message = "Task is not completed yet, current status: " + status;
        return gate(HttpStatus.BAD_REQUEST, "invalid_request_error", null, message);
    }

    static Refusal invalid(String message) {
        return task(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }

    static Refusal byProvider(String message) {
        return task(HttpStatus.BAD_REQUEST, "fail_to_fetch_task", message);
    }

    static Refusal unknownTask() {
        return task(HttpStatus.BAD_REQUEST, "task_not_exist", "task_not_exist");
    }

    private static Refusal gate(HttpStatus status, @Nullable String type, @Nullable String code, String message) {
        return new Refusal(status, message, new Gate(new Gate.Details(message, type, code)));
    }

    private static Refusal task(HttpStatus status, String code, String message) {
        return new Refusal(status, message, new Task(code, message, null));
    }

    ResponseEntity<Object> answer() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
