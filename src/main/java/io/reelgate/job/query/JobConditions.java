package io.reelgate.job.query;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.text.StorableText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code where} clause of a filter, and its parameters in order. */
final class JobConditions {

    private final List<String> clauses = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    private JobConditions() {}

    /** All that the filter asks for, among the jobs older than {@code before} if one is given. */
    static JobConditions of(JobFilter filter, @Nullable String before) {
        var conditions = new JobConditions();
        conditions.add("job.app = ?", filter.app());
        conditions.add("job.model = ?", filter.model());
        conditions.add("job.id >= ?", filter.from() == null ? null : JobId.floor(filter.from()));
        conditions.add("job.id < ?", filter.to() == null ? null : JobId.floor(filter.to()));
        conditions.add("job.id < ?", before);
        // The beginning alone is read out of where long values lie, and is all that is compared.
        conditions.add(
                "left(job.prompt, " + JobFilter.SEARCHED + ") ilike ?",
                filter.text() == null ? null : containing(filter.text()));
        if (filter.statuses().size() == 1) {
            // Not "= any": only an equality lets the index on (status, id) deliver the rows in order.
            conditions.add("job.status = ?", filter.words().getFirst());
        } else if (!filter.statuses().isEmpty()) {
            conditions.add("job.status = any (?)", filter.words().toArray(String[]::new));
        }
        if (filter.film() != null) {
            conditions.clauses.add(filter.film().condition);
        }
        return conditions;
    }

    /** What one index answers in the order of ids. */
    static JobConditions nearest(JobFilter filter, @Nullable String before) {
        var conditions = new JobConditions();
        conditions.add("job.id < ?", before);
        conditions.add("job.id < ?", filter.to() == null ? null : JobId.floor(filter.to()));
        if (filter.isOfRareFilms()) {
            return conditions;
        }
        if (filter.app() != null) {
            conditions.add("job.app = ?", filter.app());
        } else if (filter.statuses().size() == 1) {
            conditions.add("job.status = ?", filter.words().getFirst());
        } else if (filter.film() != null && filter.statuses().isEmpty()) {
            conditions.add("job.status = ?", JobStatus.SUCCEEDED.word()); // no other job has a film
        }
        return conditions;
    }

    String where() {
        return clauses.isEmpty() ? "" : " where " + String.join(" and ", clauses);
    }

    List<Object> parameters() {
        return parameters;
    }

    private void add(String clause, @Nullable Object parameter) {
        if (parameter != null) {
            clauses.add(clause);
            parameters.add(parameter);
        }
    }

    private static String containing(String text) {
        var literal =
                StorableText.of(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + literal + "%";
    }
}
