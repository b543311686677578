package io.reelgate.sandbox;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a submission asks for, as far as the sandbox cares. */
record VideoOrder(String model, String prompt, int seconds, VideoSize size) {

    static final List<String> MODELS = List.of("doubao-seedance-2-0", "doubao-seedance-2-0-fast");

    private static final Set<String> FIELDS = Set.of("model", "prompt", "seconds", "duration", "size");

    private static final int DEFAULT_SECONDS = 5;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Reads a body as strictly as the stock upstream does, and no stricter; throws {@link Refusal}. */
    static VideoOrder read(InputStream body) {
        var json = parse(body);
        var model = text(json, "model", "");
        var prompt = text(json, "prompt", "");
        if (model.isBlank()) {
            throw Refusal.invalid("model field is required");
        }
        if (prompt.isBlank()) {
            throw Refusal.invalid("prompt is required");
        }
        if (!MODELS.contains(model)) {
            throw Refusal.unknownModel(model);
        }
        return new VideoOrder(model, prompt, seconds(json), VideoSize.of(text(json, "size", "")));
    }

    /**
     * The fields that matter, read as they come: the rest may be pictures of many megabytes, and the gateway, which holds
     * them already, counts on nobody in its own heap holding them again.
     */
    private static JsonNode parse(InputStream body) {
        try (var parser = MAPPER.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                var json = MAPPER.createObjectNode();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    var field = parser.currentName();
                    parser.nextToken();
                    if (FIELDS.contains(field)) {
                        json.set(field, parser.<JsonNode>readValueAsTree());
                    } else {
                        parser.skipChildren();
                    }
                }
                if (parser.nextToken() == null) {
                    return json;
                }
            }
        } catch (JacksonException unreadable) {
            // Falls through: the answer is the same.
        }
        throw Refusal.invalid("invalid request body");
    }

    private static int seconds(JsonNode json) {
        var duration = json.path("duration");
        var text = text(json, "seconds", duration.isInt() ? duration.asString() : "");
        if (text.isBlank()) {
            return DEFAULT_SECONDS;
        }
        var seconds = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (seconds < 4 || seconds > 15) {
            throw Refusal.byProvider("the parameter `duration` specified in the request is not valid: " + text);
        }
        return seconds;
    }

    /** The stock upstream reads these fields into Go strings, and so refuses a numeric {@code seconds}. */
    private static String text(JsonNode json, String field, String otherwise) {
        var value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isString()) {
            var kind = value.isNumber() ? "number" : value.isBoolean() ? "bool" : value.isArray() ? "array" : "object";
            throw Refusal.invalid("json: cannot unmarshal %s into Go struct field TaskSubmitReq.%s of type string"
                    .formatted(kind, field));
        }
        return value.stringValue();
    }
}
