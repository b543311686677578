package io.reelgate.opsapi;

import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * One problem that ops can get, as the description of the API shows it.
 *
 * @param parameter which one is wrong, if one is
 */
record DocumentedProblem(
        HttpStatus status, String detail, @Nullable String parameter) {

    static final String SCHEMA = "Problem";

    /** What any route of the API can answer. */
    static final List<DocumentedProblem> ANYWHERE = List.of(
            of(HttpStatus.UNAUTHORIZED, "Log in as the ops user by HTTP Basic."),
            of(
                    HttpStatus.FORBIDDEN,
                    "Your address is in none of the networks that may see the console and the metrics"
                            + " (reelgate.ops.allowed-networks)"),
            of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Wrong user or password, or too many failed logins just now; wait as Retry-After says."),
            of(HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed; its log says more"),
            of(HttpStatus.SERVICE_UNAVAILABLE, "The record is away: its database does not answer"));

    /** What any route that changes something can answer. */
    static final DocumentedProblem FOREIGN = of(HttpStatus.FORBIDDEN, "Another web site may not change anything here.");

    static final List<DocumentedProblem> SEARCHING = List.of(wrong("limit", "limit must be a number from 1 to 200"));

    static final List<DocumentedProblem> COUNTING = List.of(wrong("window", "window must be one of: 1h, 24h, 7d"));

    static final List<DocumentedProblem> FINDING = List.of(of(
            HttpStatus.NOT_FOUND,
            "There is no job with the id 'task_0', neither here nor as the upstream's id, nor as that of a request"));

    static final List<DocumentedProblem> POLLING =
            List.of(FINDING.getFirst(), of(HttpStatus.CONFLICT, "The job is succeeded: there is nothing to poll"));

    static final List<DocumentedProblem> RESOLVING = List.of(
            wrong("action", "action must be one of: attach, lost, reopen"),
            FINDING.getFirst(),
            of(HttpStatus.CONFLICT, "The job is succeeded"),
            of(HttpStatus.UNPROCESSABLE_CONTENT, "The upstream does not know this task"),
            of(HttpStatus.BAD_GATEWAY, "The upstream did not tell"));

    static final List<DocumentedProblem> SPENDING = List.of(wrong("by", "by must be one of: app, model, day"));

    static final List<DocumentedProblem> CHARGING = List.of(
            wrong(
                    "amount",
                    "amount must be a decimal number from 0 to 1000000 with at most six places, such as 5.0094"),
            FINDING.getFirst(),
            of(HttpStatus.CONFLICT, "Job task_0 is queued: what it comes to can be said once it has ended"));

    static final List<DocumentedProblem> KEEPING =
            List.of(FINDING.getFirst(), of(HttpStatus.CONFLICT, "The film is kept already"));

    static final List<DocumentedProblem> KEEPING_ALL = List.of(
            of(HttpStatus.CONFLICT, "The archive is switched off (reelgate.archive.store=none), so no film is kept"));

    static final List<DocumentedProblem> TRYING_LANES =
            List.of(wrong("account", "account must be named where model is"));

    static final List<DocumentedProblem> CANCELLING = List.of(
            FINDING.getFirst(), of(HttpStatus.CONFLICT, "The job is succeeded; only one that waits can be called off"));

    static final List<DocumentedProblem> CANCELLING_ALL =
            List.of(wrong("app", "app must be named: all its jobs that wait are called off"));

    static final List<DocumentedProblem> LISTING_DELIVERIES =
            List.of(wrong("state", "state must be one of: waiting, delivered, failed"));

    static final List<DocumentedProblem> REDELIVERING =
            List.of(of(HttpStatus.NOT_FOUND, "There is no delivery with the id 'msg_0'"));

    static final List<DocumentedProblem> REDELIVERING_ALL =
            List.of(wrong("since", "since must be a time such as 2026-07-20T08:00:00Z"));

    static final List<DocumentedProblem> NAMING_AN_APP =
            List.of(wrong("name", "name must be 1 to 64 letters, digits, '.', '_' or '-'"));

    static final List<DocumentedProblem> ADOPTING =
            List.of(of(HttpStatus.CONFLICT, "This gateway is configured for the account 'default'"));

    static final List<DocumentedProblem> FINDING_APP =
            List.of(of(HttpStatus.NOT_FOUND, "Nothing is registered of an app 'shop', and no job of it was seen"));

    static final List<DocumentedProblem> REGISTERING =
            List.of(wrong("networks", "'10.0.0.0/64' has no prefix length from 0 to 32"));

    static final List<DocumentedProblem> PAUSING = List.of(wrong("paused", "paused must be true or false"));

    private static DocumentedProblem of(HttpStatus status, String detail) {
        return new DocumentedProblem(status, detail, null);
    }

    private static DocumentedProblem wrong(String parameter, String detail) {
        return new DocumentedProblem(HttpStatus.BAD_REQUEST, detail, parameter);
    }

    /** RFC 9457, with two members of our own. */
    static Schema<?> schema() {
        return new ObjectSchema()
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("request_id", new StringSchema())
                .addProperty("parameter", new StringSchema().description("Which parameter is wrong, if one is"));
    }

    void addTo(ApiResponses responses) {
        responses.addApiResponse(
                String.valueOf(status.value()),
                new ApiResponse()
                        .description(status.getReasonPhrase())
                        .content(new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType()
                                                .schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))
                                                .example(example()))));
    }

    private LinkedHashMap<String, Object> example() {
        var example = new LinkedHashMap<String, Object>();
        example.put("title", status.getReasonPhrase());
        example.put("status", status.value());
        example.put("detail", detail);
        if (parameter != null) {
            example.put("parameter", parameter);
        }
        example.put("request_id", "req_055dbeca5dea7522711b");
        return example;
    }
}
