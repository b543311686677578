package io.reelgate.api;

import static java.util.Objects.requireNonNull;

import io.reelgate.web.AppError;
import io.reelgate.web.ErrorEnvelope;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;

/** One error that an app can get, as the description of the API shows it. */
public record DocumentedError(int status, String code, String message) {

    /** What any route under {@code /v1} can answer. */
    public static final List<DocumentedError> ANYWHERE = List.of(
            new DocumentedError(403, "network_not_allowed", "Your address is in none of the allowed networks"),
            new DocumentedError(403, "origin_not_allowed", "Web pages may not call this gateway"),
            new DocumentedError(405, "method_not_allowed", "DELETE is not possible here"),
            new DocumentedError(500, "internal_error", "The gateway failed; nothing was bought by this request"),
            new DocumentedError(503, "record_unavailable", "The gateway's record is away; nothing was sent"));

    public static final List<DocumentedError> SUBMITTING = List.of(
            new DocumentedError(400, "invalid_request", "'prompt' is missing"),
            new DocumentedError(400, "incomplete_body", "The request body broke off before its end"),
            new DocumentedError(402, "insufficient_quota", "Insufficient balance"),
            new DocumentedError(403, "app_not_allowed", "The app 'shop' may not be claimed from your address"),
            new DocumentedError(408, "request_timeout", "The request body came too slowly"),
            new DocumentedError(409, "idempotency_key_in_flight", "The job of this key is being sent at this moment"),
            new DocumentedError(413, "request_too_large", "The body is larger than the limit of 64 MB"),
            new DocumentedError(415, "unsupported_media_type", "Send Content-Type: application/json"),
            new DocumentedError(
                    422, "idempotency_key_reused", "This key was used for another body, compared byte for byte"),
            new DocumentedError(429, "rate_limited", "Too many jobs"),
            new DocumentedError(429, "too_many_in_flight", "As many jobs are with the upstream as may be at once, 20"),
            new DocumentedError(502, "upstream_key_refused", "The upstream refuses the gateway's key"),
            new DocumentedError(502, "upstream_misconfigured", "The gateway does not reach the upstream's API"),
            new DocumentedError(503, "upstream_unavailable", "Nothing was sent: no connection"),
            new DocumentedError(503, "overloaded", "The gateway holds as many request bodies as it can"),
            new DocumentedError(503, "paused", "Submissions are paused"));

    public static final List<DocumentedError> LISTING = List.of(
            new DocumentedError(400, "invalid_request", "'limit' must be a number from 1 to 100"),
            new DocumentedError(403, "app_not_allowed", "The app 'shop' may not be claimed from your address"),
            new DocumentedError(503, "overloaded", "The gateway reads as many lists as it can"));

    public static final List<DocumentedError> FINDING =
            List.of(new DocumentedError(404, "task_not_found", "No job has the id 'task_0'"));

    public static final List<DocumentedError> CANCELLING = List.of(
            new DocumentedError(404, "task_not_found", "No job has the id 'task_0'"),
            new DocumentedError(403, "app_not_allowed", "The app 'shop' may not be claimed from your address"),
            new DocumentedError(409, "not_cancellable", "The job was sent to the upstream, which has no cancel"));

    public static final List<DocumentedError> FETCHING = List.of(
            new DocumentedError(404, "task_not_found", "No job has the id 'task_0'"),
            new DocumentedError(409, "not_completed", "There is no video: the job is queued"),
            new DocumentedError(410, "expired", "The link to the video expired"),
            new DocumentedError(416, "range_not_satisfiable", "The video has no such part"),
            new DocumentedError(503, "overloaded", "As many films as may be are being streamed to your address"),
            new DocumentedError(503, "content_unavailable", "The video cannot be fetched now"));

    /** Adds these to an operation: one response for each status, one example for each code. */
    public static void describe(Operation operation, List<DocumentedError> errors) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        errors.forEach(error -> error.addTo(operation.getResponses()));
    }

    private void addTo(ApiResponses responses) {
        var response = responses.computeIfAbsent(
                String.valueOf(status),
                _ -> new ApiResponse()
                        .description("An error; nothing was bought")
                        .content(new Content()
                                .addMediaType(
                                        "application/json",
                                        new MediaType()
                                                .schema(new Schema<>().$ref("#/components/schemas/ErrorEnvelope")))));
        requireNonNull(response.getContent().get("application/json")).addExamples(code, new Example().value(example()));
    }

    private ErrorEnvelope example() {
        var error = AppError.of(status, code, message);
        var answer = ErrorEnvelope.answer(error, "req_055dbeca5dea7522711b").getBody();
        if (answer == null) {
            throw new IllegalStateException("An error has a body");
        }
        return answer;
    }
}
