package io.reelgate.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of unknown shape without ever throwing: what is not there, or is of another type, is {@code null}. */
final class Json {

    /** A mapper of its own, so that no setting of the application changes what an upstream answer means. */
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
    private static final int DEEPEST_LAYER = 16;

    private Json() {}

    /** The text as one JSON object, or {@code null} if it is anything else. */
    static @Nullable JsonNode object(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var node = MAPPER.readTree(text.charAt(0) == '\uFEFF' ? text.substring(1) : text);
            return node.isObject() ? node : null;
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    /** The field's value if it is an object. */
    static @Nullable JsonNode object(JsonNode node, String field) {
        var value = node.path(field);
        return value.isObject() ? value : null;
    }

    /** The field's value if it is a string with something in it. */
    static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }

    /** The field's value if it is a string with something in it, or an integer: codes and ids come as both. */
    static @Nullable String word(JsonNode node, String field) {
        var value = node.path(field);
        return value.isIntegralNumber() ? value.bigIntegerValue().toString() : text(node, field);
    }

    /** The field's value if it is a count, as a number or as digits in a string. */
    static @Nullable Long count(JsonNode node, String field) {
        var word = word(node, field);
        return word != null && COUNT.matcher(word).matches() ? Long.valueOf(word) : null;
    }

    static boolean isAbsent(JsonNode node, String field) {
        var value = node.path(field);
        return value.isMissingNode() || value.isNull();
    }

    /** The object and the objects nested in it under {@code data}, from the outside to the inside. */
    static List<JsonNode> layers(JsonNode outermost) {
        var layers = new ArrayList<JsonNode>();
        for (var layer = outermost; layer != null && layers.size() < DEEPEST_LAYER; layer = object(layer, "data")) {
            layers.add(layer);
        }
        return layers;
    }

    /** Every object under this field name, wherever it stands, the outermost first. */
    static List<JsonNode> everyObject(JsonNode root, String field) {
        var found = new ArrayList<JsonNode>();
        var waiting = new ArrayDeque<JsonNode>(List.of(root));
        while (!waiting.isEmpty()) {
            var node = waiting.remove();
            var value = object(node, field);
            if (value != null) {
                found.add(value);
            }
            node.values().stream().filter(JsonNode::isContainer).forEach(waiting::add);
        }
        return found;
    }
}
