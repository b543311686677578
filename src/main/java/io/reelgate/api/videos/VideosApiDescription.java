package io.reelgate.api.videos;

import static java.util.Objects.requireNonNull;

import io.reelgate.api.AppOperation;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.DocumentedError;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says in {@code /v3/api-docs} what no signature of the second door shows: the form, the JSON, the headers, and every error. */
@Component
class VideosApiDescription implements OpenApiCustomizer {

    private static final String PATH = AppRoutes.VIDEOS;

    private static final String TAG = "videos (for OpenAI's SDKs)";

    private static final String TEXT = """
            {"model": "doubao-seedance-2-0-fast", "prompt": "a watch turns slowly on a white table",
             "seconds": "5", "size": "480x854"}""";

    private static final String IMAGE = """
            {"model": "doubao-seedance-2-0", "prompt": "the camera moves closer to the watch", "seconds": "5",
             "size": "720x1280", "input_reference": {"image_url": "https://files.example.com/watch.jpg"}}""";

    @Override
    public void customise(OpenAPI api) {
        var videos = requireNonNull(api.getPaths().get(PATH));
        submission(videos.getPost());
        listing(videos.getGet());
        var video = requireNonNull(api.getPaths().get(PATH + "/{id}"));
        AppOperation.describe(
                video.getGet(),
                TAG,
                "Look up a job of either door, by our id or the upstream's",
                DocumentedError.FINDING);
        AppOperation.waits(video.getGet());
        AppOperation.takesId(video.getGet());
        AppOperation.describe(
                video.getDelete(),
                TAG,
                "Cancel a job that has not been sent yet; one that was sent goes on",
                DocumentedError.CANCELLING);
        AppOperation.takesId(video.getDelete());
        film(requireNonNull(api.getPaths().get(PATH + "/{id}/content")).getGet());
    }

    private static void submission(Operation submit) {
        AppOperation.describe(
                submit,
                TAG,
                "Submit a job, as OpenAI's SDKs do or in the upstream's own format",
                DocumentedError.SUBMITTING);
        AppOperation.submits(submit, "what is compared is the body that goes upstream");
        AppOperation.waits(submit);
        var json = new MediaType()
                .schema(json())
                .addExamples("text", example("Text to video", TEXT))
                .addExamples("image", example("Image to video", IMAGE));
        submit.setRequestBody(new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType("application/json", json)
                        .addMediaType("multipart/form-data", new MediaType().schema(form()))));
    }

    private static void listing(Operation list) {
        AppOperation.describe(list, TAG, "List your own jobs, of either door", DocumentedError.LISTING);
        AppOperation.parameter(list, "limit").description("How many, 1 to 100");
        AppOperation.parameter(list, "after").description("The last_id of the page before");
        AppOperation.parameter(list, "order")
                .description("desc: newest first; asc: oldest first")
                .schema(new StringSchema()
                        .addEnumItem("asc")
                        .addEnumItem("desc")
                        ._default("desc"));
    }

    private static void film(Operation content) {
        AppOperation.describe(content, TAG, "Get the film", DocumentedError.FETCHING);
        AppOperation.takesId(content);
        AppOperation.parameter(content, "variant").description("video, the only one there is");
        content.addParametersItem(AppOperation.header("Range", "Which bytes of a film that is streamed"));
        requireNonNull(content.getResponses().get("200"))
                .description("The film")
                .setContent(new Content()
                        .addMediaType("video/mp4", new MediaType().schema(new StringSchema().format("binary"))));
        content.getResponses()
                .addApiResponse("206", new ApiResponse().description("The part of it that was asked for"))
                .addApiResponse("302", new ApiResponse().description("The film is at Location"));
    }

    private static Schema<?> json() {
        var reference = new ObjectSchema()
                .addProperty("image_url", link())
                .description("A picture to begin with or to go by; sent on as 'images'");
        return texts().addProperty("input_reference", reference).additionalProperties(true);
    }

    private static Schema<?> form() {
        return texts().addProperty(
                        FormField.PICTURE.part(),
                        new StringSchema()
                                .format("binary")
                                .description("A PNG, JPEG, WebP or GIF to begin with; sent on as 'first_frame_image'"))
                .addProperty(FormField.PICTURE_URL.part(), link())
                .additionalProperties(false);
    }

    private static Schema<?> texts() {
        var body = new ObjectSchema();
        Stream.of(FormField.values())
                .filter(FormField::isText)
                .forEach(field -> body.addProperty(field.part(), new StringSchema().description(words(field))));
        body.addRequiredItem(FormField.MODEL.part());
        body.addRequiredItem(FormField.PROMPT.part());
        return body;
    }

    private static Schema<?> link() {
        return new StringSchema().description("A picture's address, or a data URL (data:image/png;base64,…)");
    }

    private static String words(FormField field) {
        return switch (field) {
            case MODEL -> "Which model makes the film: one of the upstream's, not of OpenAI's";
            case PROMPT -> "What the film shows";
            case SECONDS -> "How long the film is, such as 5";
            case SIZE -> "Width x height in pixels, such as 480x854";
            case PICTURE, PICTURE_URL -> "A picture";
        };
    }

    private static Example example(String summary, String body) {
        return new Example().summary(summary).value(JsonMapper.shared().readValue(body, Map.class));
    }
}
