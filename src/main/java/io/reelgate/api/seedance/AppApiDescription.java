package io.reelgate.api.seedance;

import static java.util.Objects.requireNonNull;

import io.reelgate.api.AppName;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.DocumentedError;
import io.reelgate.api.IdempotencyKeyHeader;
import io.reelgate.web.ErrorEnvelope;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says in {@code /v3/api-docs} what no signature shows: the body that apps send, their headers, and every error. */
@Component
class AppApiDescription implements OpenApiCustomizer {

    private static final String PATH = AppRoutes.GENERATIONS;

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info()
                .title("Reelgate")
                .version("1")
                .description(
                        "Video generation without a key. An error answer means that nothing was bought; an id means that"
                                + " the job is on record. Routes under /ops ask for the ops login."));
        ModelConverters.getInstance(true).read(ErrorEnvelope.class).forEach(api.getComponents()::addSchemas);
        ModelConverters.getInstance(true).read(ErrorEnvelope.Details.class).forEach(api.getComponents()::addSchemas);
        var generations = requireNonNull(api.getPaths().get(PATH));
        submission(generations.getPost());
        describe(
                generations.getGet(),
                "List your own jobs, newest first; go on while has_more",
                DocumentedError.LISTING);
        describe(api, PATH + "/{id}", "Look up a job, by our id or the upstream's", DocumentedError.FINDING);
        describe(api, PATH + "/{id}/content", "Get the film", DocumentedError.FETCHING);
        film(requireNonNull(api.getPaths().get(PATH + "/{id}/content")));
    }

    private static void describe(OpenAPI api, String path, String summary, List<DocumentedError> errors) {
        describe(requireNonNull(api.getPaths().get(path)).getGet(), summary, errors);
    }

    private static void describe(Operation operation, String summary, List<DocumentedError> errors) {
        operation.summary(summary).tags(List.of("apps"));
        operation.addParametersItem(header(AppName.HEADER, "Who you are; 1 to 64 letters, digits, '.', '_' or '-'"));
        DocumentedError.describe(operation, errors);
        DocumentedError.describe(operation, DocumentedError.ANYWHERE);
    }

    private static void submission(Operation submit) {
        describe(submit, "Submit a job, in the upstream's own format", DocumentedError.SUBMITTING);
        submit.addParametersItem(header(IdempotencyKeyHeader.NAME, "Makes a repeat of this job harmless"));
        submit.setRequestBody(new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(body()).example(example()))));
        var accepted = requireNonNull(submit.getResponses().get("200"));
        accepted.description("On record, and accepted by the upstream");
        submit.getResponses()
                .addApiResponse(
                        "202",
                        new ApiResponse()
                                .description(
                                        "On record; the upstream has not answered yet (status queued), or its answer"
                                                + " was lost (status unknown). Poll the id, do not send it again.")
                                .content(accepted.getContent()));
    }

    private static void film(PathItem content) {
        content.getGet().addParametersItem(header("Range", "Which bytes of a film that is streamed"));
        content.getGet().addParametersItem(header("If-Range", "Only if it still is the film with this ETag or date"));
        var responses = content.getGet().getResponses();
        var bytes =
                new Content().addMediaType("video/mp4", new MediaType().schema(new StringSchema().format("binary")));
        requireNonNull(responses.get("200"))
                .description("The film, streamed, if it has no link of its own")
                .setContent(bytes);
        responses.addApiResponse(
                "206",
                new ApiResponse()
                        .description("The part of it that was asked for")
                        .content(bytes));
        responses.addApiResponse("302", new ApiResponse().description("The film is at Location"));
    }

    private static HeaderParameter header(String name, String description) {
        var header = new HeaderParameter();
        header.name(name).required(false).description(description).schema(new StringSchema());
        return header;
    }

    private static Schema<?> body() {
        var body = new ObjectSchema();
        for (var field : RequestField.values()) {
            body.addProperty(field.key(), schema(field));
        }
        body.addRequiredItem(RequestField.MODEL.key());
        body.addRequiredItem(RequestField.PROMPT.key());
        return body.additionalProperties(true);
    }

    private static Schema<?> schema(RequestField field) {
        return switch (field) {
            case MODEL, PROMPT, SIZE, FIRST_FRAME_IMAGE, LAST_FRAME_IMAGE -> new StringSchema();
            case SECONDS -> new StringSchema().description("A number is taken too, and sent on as a string");
            case DURATION -> new NumberSchema();
            case IMAGES -> new ArraySchema().items(new StringSchema());
            case METADATA -> new ObjectSchema();
        };
    }

    private static Map<String, Object> example() {
        var example = new LinkedHashMap<String, Object>();
        example.put("model", "doubao-seedance-2-0-fast");
        example.put("prompt", "a watch turns slowly on a white table");
        example.put("seconds", "5");
        example.put("size", "480x854");
        return example;
    }
}
