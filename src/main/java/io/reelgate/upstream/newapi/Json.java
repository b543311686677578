package io.reelgate.upstream.newapi;

import java.math.BigDecimal;
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

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?([eE]\\+?\\d{1,2})?");
    private static final int MOST_DIGITS = 18;

    /** From here on a double is not exact any more. */
    private static final double FIRST_INEXACT = 1L << 53;

    private static final int DEEPEST_LAYER = 16;

    private Json() {}

    /** The text as one JSON object, or as an array of one; {@code null} if it is anything else. */
    static @Nullable JsonNode object(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var node = only(MAPPER.readTree(text.charAt(0) == '\uFEFF' ? text.substring(1) : text));
            return node.isObject() ? node : null;
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    /** The one element of an array of one; anything else as it is. Relays of several tasks answer for one so. */
    static JsonNode only(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.path(0) : value;
    }

    /** The field's value if it is an object, or an array of one. */
    static @Nullable JsonNode object(JsonNode node, String field) {
        var value = only(node.path(field));
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

    /** The field's value if it is a count, as a number or in a string; {@code 108900.0} and {@code 1.089E5} are counts too. */
    static @Nullable Long count(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isNumber() && !value.isIntegralNumber()) {
            return whole(value.doubleValue());
        }
        var word = word(node, field);
        return word == null ? null : whole(word.strip());
    }

    private static @Nullable Long whole(double number) {
        return number >= 0 && number < FIRST_INEXACT && number == Math.rint(number) ? (long) number : null;
    }

    private static @Nullable Long whole(String text) {
        if (DIGITS.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        var number = new BigDecimal(text).stripTrailingZeros();
        return number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS
                ? number.longValueExact()
                : null;
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
