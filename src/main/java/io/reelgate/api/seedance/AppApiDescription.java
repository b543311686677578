package io.reelgate.api.seedance;

import static java.util.Objects.requireNonNull;

import io.reelgate.api.AppOperation;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.AppStatus;
import io.reelgate.api.DocumentedError;
import io.reelgate.api.intake.RequestField;
import io.reelgate.web.ErrorEnvelope;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says in {@code /v3/api-docs} what no signature shows: the body that apps send, their headers, and every error. */
@Component
class AppApiDescription implements OpenApiCustomizer {

    private static final String PATH = AppRoutes.GENERATIONS;

    private static final String TAG = "apps";

    private static final String TEXT = """
            {"model": "doubao-seedance-2-0-fast", "prompt": "a watch turns slowly on a white table",
             "seconds": "5", "size": "480x854"}""";

    private static final String IMAGE = """
            {"model": "doubao-seedance-2-0", "prompt": "the camera moves closer to the watch",
             "images": ["https://files.example.com/watch.jpg"], "seconds": "5", "size": "720x1280"}""";

    private static final String CONTENT = """
            {"model": "doubao-seedance-2-0", "prompt": "the watch turns as the hand in the clip does", "seconds": "6",
             "metadata": {"ratio": "9:16", "resolution": "720p", "content": [
               {"type": "image_url", "role": "first_frame", "image_url": {"url": "https://files.example.com/watch.jpg"}},
               {"type": "video_url", "video_url": {"url": "https://files.example.com/hand.mp4"}}]}}""";

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
        listing(generations.getGet());
        AppOperation.describe(
                generations.getGet(),
                TAG,
                "List your own jobs, newest first; go on while has_more",
                DocumentedError.LISTING);
        describe(api, PATH + "/{id}", "Look up a job, by our id or the upstream's", DocumentedError.FINDING);
        describe(api, PATH + "/{id}/content", "Get the film", DocumentedError.FETCHING);
        describe(
                api,
                PATH + "/{id}/events",
                "Follow a job: an event with its state at once and at each change (server-sent events)",
                DocumentedError.FINDING);
        AppOperation.takesId(
                requireNonNull(api.getPaths().get(PATH + "/{id}/events")).getGet());
        var usage = requireNonNull(api.getPaths().get("/v1/usage")).getGet();
        describe(api, "/v1/usage", "What you have spent, by day and model", DocumentedError.LISTING);
        AppOperation.parameter(usage, "from").description("The first day, such as 2026-11-01; without any, this month");
        AppOperation.parameter(usage, "to").description("The last day, at most 366 in all");
        var cancel = requireNonNull(api.getPaths().get(PATH + "/{id}/cancel")).getPost();
        AppOperation.describe(
                cancel,
                TAG,
                "Call a job off that waits; one that was sent goes on, since the upstream has no cancel",
                DocumentedError.CANCELLING);
        AppOperation.takesId(cancel);
        AppOperation.waits(generations.getPost());
        AppOperation.waits(requireNonNull(api.getPaths().get(PATH + "/{id}")).getGet());
        film(requireNonNull(api.getPaths().get(PATH + "/{id}/content")));
        AppOperation.takesId(requireNonNull(api.getPaths().get(PATH + "/{id}")).getGet());
        AppOperation.takesId(
                requireNonNull(api.getPaths().get(PATH + "/{id}/content")).getGet());
    }

    private static void listing(Operation list) {
        var statuses = new StringSchema();
        Stream.of(AppStatus.values()).map(AppStatus::word).forEach(statuses::addEnumItem);
        AppOperation.parameter(list, "status")
                .description("Only jobs of this status")
                .schema(statuses);
        AppOperation.parameter(list, "limit").description("How many, 1 to 100");
        AppOperation.parameter(list, "after").description("The last_id of the page before");
    }

    private static void describe(OpenAPI api, String path, String summary, List<DocumentedError> errors) {
        AppOperation.describe(requireNonNull(api.getPaths().get(path)).getGet(), TAG, summary, errors);
    }

    private static void submission(Operation submit) {
        AppOperation.describe(submit, TAG, "Submit a job, in the upstream's own format", DocumentedError.SUBMITTING);
        AppOperation.submits(submit, "the body is compared byte for byte");
        submit.setRequestBody(new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType()
                                        .schema(body())
                                        .addExamples("text", example("Text to video", TEXT))
                                        .addExamples("image", example("Image to video", IMAGE))
                                        .addExamples("content", example("By metadata.content", CONTENT)))));
    }

    private static void film(PathItem content) {
        content.getGet().addParametersItem(AppOperation.header("Range", "Which bytes of a film that is streamed"));
        content.getGet()
                .addParametersItem(
                        AppOperation.header("If-Range", "Only if it still is the film with this ETag or date"));
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
            case MODEL ->
                new StringSchema().description("Which model makes the film").example("doubao-seedance-2-0-fast");
            case PROMPT ->
                new StringSchema().description("What the film shows").example("a watch turns slowly on a white table");
            case SECONDS ->
                new StringSchema()
                        .description(
                                "How long the film is. A number is taken too, and sent on as a string. The model knows"
                                        + " 4 to 15")
                        .example("5");
            case DURATION ->
                new NumberSchema()
                        .description("The length as a number, for clients of other interfaces. Send 'seconds' or this,"
                                + " not both");
            case SIZE ->
                new StringSchema()
                        .description("Width x height in pixels: 480x854, 720x1280, 1080x1920")
                        .example("480x854");
            case IMAGES ->
                new ArraySchema()
                        .items(new StringSchema())
                        .description(
                                "Pictures to begin with or to go by: links, or data URLs (data:image/png;base64,…)");
            case FIRST_FRAME_IMAGE -> new StringSchema().description("The first picture of the film, in Base64");
            case LAST_FRAME_IMAGE -> new StringSchema().description("The last picture of the film, in Base64");
            case METADATA ->
                new ObjectSchema()
                        .description(
                                "More wishes, such as content, resolution, ratio, frames, seed; sent on as they are")
                        .additionalProperties(true);
        };
    }

    private static Example example(String summary, String body) {
        return new Example().summary(summary).value(JsonMapper.shared().readValue(body, Map.class));
    }
}
