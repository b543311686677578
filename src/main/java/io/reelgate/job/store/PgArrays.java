package io.reelgate.job.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many rows as the columns that {@code unnest} makes rows of again: one statement for all of them, whatever their number. */
final class PgArrays {

    private PgArrays() {}

    /** One field of all rows, as text; what else the column is to be, PostgreSQL makes of it by a cast. */
    static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable Object> field) {
        return rows.stream().map(row -> text(field.apply(row))).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
