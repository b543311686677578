package io.reelgate.api;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;

/** Says of an operation of {@code /v3/api-docs} what all dialects have in common. */
public final class AppOperation {

    private AppOperation() {}

    /** What it does, who asks, and how it may fail; operations of one dialect have one tag. */
    public static void describe(Operation operation, String tag, String summary, List<DocumentedError> errors) {
        operation.summary(summary).tags(List.of(tag));
        operation.addParametersItem(header(
                AppName.HEADER, "Who you are; 1 to 64 letters, digits, '.', '_' or '-'. Lists and keys go by it"));
        DocumentedError.describe(operation, errors);
        DocumentedError.describe(operation, DocumentedError.ANYWHERE);
    }

    /** It submits a job; {@code compared} says how a repeat is told from another job. */
    public static void submits(Operation operation, String compared) {
        operation.addParametersItem(
                header(IdempotencyKeyHeader.NAME, "Makes a repeat of this job harmless, for 24 hours; " + compared));
        operation.addParametersItem(header(
                HoldHeader.NAME,
                "yes, no, or for how many seconds at most the job may wait where it cannot be sent: no money, a limit, a"
                        + " pause, an upstream out of reach. Without it the app's setting holds"));
        operation.addParametersItem(header(
                WebhookHeader.NAME,
                "An http or https address that is told of the job's end by a signed POST (Standard Webhooks), again and"
                        + " again until it answers 2xx; not of a refusal that is the answer to this request"));
        var accepted = requireNonNull(operation.getResponses().get("200"));
        accepted.description("On record, and accepted by the upstream");
        operation
                .getResponses()
                .addApiResponse(
                        "202",
                        new ApiResponse()
                                .description(
                                        "On record; it waits its turn, the upstream has not answered yet, or its answer was lost. Poll the"
                                                + " id, do not send it again.")
                                .content(accepted.getContent()));
    }

    /** Its answer may be waited for. */
    public static void waits(Operation operation) {
        operation.addParametersItem(header(
                Preference.HEADER,
                "wait=N: answer when the job has ended, or after N seconds (1 to 60), in the form of a look-up;"
                        + " Preference-Applied says that it was done"));
    }

    /** It is about the job in its path. */
    public static void takesId(Operation operation) {
        parameter(operation, "id")
                .description("The job's id, ours or the upstream's")
                .example("task_01a212b20a007435b0e4fa961237c8a5");
    }

    /** An optional header. */
    public static HeaderParameter header(String name, String description) {
        var header = new HeaderParameter();
        header.name(name).required(false).description(description).schema(new StringSchema());
        return header;
    }

    /** The parameter of this name, which its signature has. */
    public static Parameter parameter(Operation operation, String name) {
        return operation.getParameters().stream()
                .filter(parameter -> name.equals(parameter.getName()))
                .findFirst()
                .orElseThrow();
    }
}
