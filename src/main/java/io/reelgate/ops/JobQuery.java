package io.reelgate.ops;

import io.reelgate.job.JobFilter;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list as it stands in a URL; blank means left out.
 *
 * @param status one or more words, with commas between them
 * @param from an instant such as {@code 2026-07-01T00:00:00Z}, or a date or date-time taken as UTC; jobs created then or later
 * @param to the same; jobs created before
 * @param text part of the prompt
 */
record JobQuery(
        @Nullable String app,
        @Nullable String status,
        @Nullable String model,
        @Nullable String from,
        @Nullable String to,
        @Nullable String text) {

    /** The filter; throws {@link OpsProblem} for what cannot be read. */
    JobFilter filter() {
        return new JobFilter(
                read(app, Function.identity()),
                statuses(),
                read(model, Function.identity()),
                read(from, value -> instant("from", value)),
                read(to, value -> instant("to", value)),
                read(text, Function.identity()));
    }

    private Set<JobStatus> statuses() {
        var words = read(status, Function.identity());
        return words == null
                ? Set.of()
                : Arrays.stream(words.split(","))
                        .map(String::strip)
                        .map(JobQuery::statusOf)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static JobStatus statusOf(String word) {
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> OpsProblem.badParameter(
                        "status",
                        "'status' must be one or more of: "
                                + Arrays.stream(JobStatus.values())
                                        .map(JobStatus::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static Instant instant(String parameter, String value) {
        try {
            return value.contains("T")
                    ? value.endsWith("Z") || value.lastIndexOf('+') > 0 || value.lastIndexOf('-') > 10
                            ? OffsetDateTime.parse(value).toInstant()
                            : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC)
                    : LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw OpsProblem.badParameter(
                    parameter, "'%s' must be an instant such as 2026-07-01T00:00:00Z, or a date".formatted(parameter));
        }
    }

    private static <T> @Nullable T read(@Nullable String value, Function<String, T> read) {
        return value == null || value.isBlank() ? null : read.apply(value.strip());
    }

    /** The cursor that goes on behind this job. */
    static String cursorBehind(String jobId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(jobId.getBytes(StandardCharsets.UTF_8));
    }

    /** The job that a cursor goes on behind; {@code null} for none. */
    static @Nullable String behind(@Nullable String cursor) {
        return read(cursor, value -> {
            try {
                var id = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
                if (JobId.looksLike(id)) {
                    return id;
                }
            } catch (IllegalArgumentException e) {
                // Said below, as of any other cursor that is not ours.
            }
            throw OpsProblem.badParameter("cursor", "'cursor' must be the 'next' of an earlier answer");
        });
    }
}
