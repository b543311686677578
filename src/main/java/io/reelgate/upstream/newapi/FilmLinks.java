package io.reelgate.upstream.newapi;

import io.reelgate.upstream.FilmLink;
import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.UpstreamAddresses;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the film's address in a task, under any of the names that upstreams give it. */
final class FilmLinks {

    /** A list's first film is near its beginning. */
    private static final int MOST_OF_A_LIST = 16;

    private static final int DEEPEST = 4;
    private static final List<String> PICTURES =
            List.of(".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif", ".heic", ".svg");

    /** The type of a part that is no film; one that speaks of a video, such as {@code image2video}, is none of these. */
    private static final Pattern NO_FILM =
            Pattern.compile("(?i)(?!.*video).*(image|picture|cover|frame|thumbnail|audio|text).*");

    private final Redactor redactor;
    private final UpstreamAddresses addresses;

    FilmLinks(Redactor redactor, UpstreamAddresses addresses) {
        this.redactor = redactor;
        this.addresses = addresses;
    }

    /** Whether the task names a film's address at all, be it one that only the key opens. */
    boolean hasAny(JsonNode task) {
        return texts(task).anyMatch(text -> film(text) != null);
    }

    /** The best address that an app can use, or {@code null}. */
    @Nullable
    FilmLink find(JsonNode task) {
        return texts(task)
                .filter(text -> !redactor.finds(text))
                .flatMap(text -> Stream.ofNullable(film(text)))
                .filter(addresses::isLink)
                .findFirst()
                .orElse(null);
    }

    /** The upstream's own address comes before the provider's inside it; old rows have it where the reason of a failure is. */
    private static Stream<String> texts(JsonNode task) {
        var layers = Json.layers(task);
        return Stream.<Function<JsonNode, Stream<JsonNode>>>of(
                        FilmLinks::results, FilmLinks::videos, layer -> Stream.of(layer.path("fail_reason")))
                .flatMap(named -> layers.stream().flatMap(named))
                .flatMap(value -> texts(value, 0));
    }

    /** No list under {@code content}: that is how a request is made up, and its films are the app's own. */
    private static Stream<JsonNode> results(JsonNode layer) {
        return Stream.of(
                layer.path("result_url"),
                layer.path("url"),
                layer.path("video_url"),
                layer.path("output"),
                layer.path("content").path("video_url"),
                layer.path("metadata").path("url"));
    }

    /** Names that requests use too, so these come later: an answer may repeat what was asked. */
    private static Stream<JsonNode> videos(JsonNode layer) {
        return Stream.of(layer.path("video"), layer.path("videos"), layer.path("task_result"));
    }

    private static Stream<String> texts(JsonNode value, int depth) {
        if (value.isString()) {
            return Stream.of(value.stringValue());
        }
        if (depth == DEEPEST || !value.isContainer()) {
            return Stream.empty();
        }
        if (value.isArray()) {
            return value.values().stream().limit(MOST_OF_A_LIST).flatMap(element -> texts(element, depth + 1));
        }
        var type = Json.text(value, "type");
        if (type != null && NO_FILM.matcher(type).matches()) {
            return Stream.empty();
        }
        return Stream.of(value.path("video_url"), value.path("url"), value.path("videos"))
                .flatMap(inner -> texts(inner, depth + 1));
    }

    private static @Nullable FilmLink film(String text) {
        var link = FilmLink.of(text);
        return link == null || isPicture(link) ? null : link;
    }

    /** A cover or a last frame; what follows the path, such as a signature, tells nothing. */
    private static boolean isPicture(FilmLink link) {
        var path = link.address().getPath();
        return path != null && PICTURES.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith);
    }
}
