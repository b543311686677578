package io.reelgate.operations;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.FilmFilter;
import io.reelgate.job.query.JobFilter;
import io.reelgate.text.StorableText;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A page of jobs as an address asks for it; empty parameters count as absent, since that is what a form sends.
 *
 * @param before only jobs older than this id
 */
public record JobQuery(JobFilter filter, @Nullable String before, int limit) {

    public static final int MOST = 200;

    /** Characters of a text that is looked for; more would not fit into an address. */
    public static final int LONGEST = 1_000;

    private static final int LIMIT = 50;
    private static final String FILMS =
            Stream.of(FilmFilter.values()).map(FilmFilter::word).collect(Collectors.joining(", "));

    private static final String STATUSES =
            Stream.of(JobStatus.values()).map(JobStatus::word).collect(Collectors.joining(", "));

    /**
     * Reads {@code app}, {@code status} (several, or separated by commas), {@code model}, {@code from}, {@code to},
     * {@code film}, {@code text}, {@code limit} and {@code cursor}; throws {@link OpsProblem} naming the one that is wrong.
     */
    public static JobQuery of(MultiValueMap<String, String> parameters) {
        var filter = new JobFilter(
                text(parameters, "app"),
                statuses(parameters.getOrDefault("status", List.of())),
                text(parameters, "model"),
                moment(parameters, "from"),
                moment(parameters, "to"),
                film(value(parameters, "film")),
                text(parameters, "text"));
        var cursor = value(parameters, "cursor");
        return new JobQuery(filter, cursor == null ? null : Cursor.read(cursor), limit(value(parameters, "limit")));
    }

    private static Set<JobStatus> statuses(List<String> values) {
        var statuses = EnumSet.noneOf(JobStatus.class);
        values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .forEach(word -> statuses.add(status(word)));
        return statuses;
    }

    private static JobStatus status(String word) {
        try {
            return JobStatus.of(word);
        } catch (IllegalArgumentException _) {
            throw OpsProblem.parameter("status", "status must be one of: " + STATUSES);
        }
    }

    private static @Nullable FilmFilter film(@Nullable String word) {
        return word == null
                ? null
                : Stream.of(FilmFilter.values())
                        .filter(film -> film.word().equalsIgnoreCase(word))
                        .findFirst()
                        .orElseThrow(() -> OpsProblem.parameter("film", "film must be one of: " + FILMS));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw OpsProblem.parameter("limit", "limit must be a number from 1 to " + MOST);
    }

    private static @Nullable Instant moment(MultiValueMap<String, String> parameters, String name) {
        var value = value(parameters, name);
        return value == null ? null : TimeParameter.read(name, value);
    }

    private static @Nullable String text(MultiValueMap<String, String> parameters, String name) {
        var value = value(parameters, name);
        if (value != null && value.length() > LONGEST) {
            throw OpsProblem.parameter(name, name + " must have at most " + LONGEST + " characters");
        }
        return value == null ? null : StorableText.of(value);
    }

    private static @Nullable String value(MultiValueMap<String, String> parameters, String name) {
        var value = parameters.getFirst(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
