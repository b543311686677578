package io.reelgate.upstream.newapi;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the id under which the upstream accepted a job, and those that it gives a task. */
public final class TaskIds {

    private static final int LONGEST = 200;

    private TaskIds() {}

    /**
     * {@code id}, else {@code task_id}, else the same inside {@code data}, else {@code data} itself; or {@code null}.
     * {@code data} may be an array of one; of two, nobody knows which is the job's.
     */
    static @Nullable String in(JsonNode answer) {
        var data = Json.only(answer.path("data"));
        var bare = "success".equals(Json.text(answer, "code")) && data.isString() ? data.stringValue() : null;
        return Stream.of(
                        Json.word(answer, "id"),
                        Json.word(answer, "task_id"),
                        Json.word(data, "task_id"),
                        Json.word(data, "id"),
                        bare)
                .filter(Objects::nonNull)
                .filter(TaskIds::isSane)
                .findFirst()
                .orElse(null);
    }

    /** The ids that a task has in an answer to a poll: relays give it one of theirs as the one and leave another as the other. */
    static Stream<String> of(JsonNode task) {
        return Stream.of(Json.word(task, "task_id"), Json.word(task, "id"))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(TaskIds::isSane)
                .distinct();
    }

    /** Whether this can be a task's id: 1 to 200 printable characters, no white space, and no step in a path. */
    public static boolean isSane(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && !id.equals(".")
                && !id.equals("..")
                && id.codePoints().allMatch(TaskIds::isPrintable);
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> point != 0xFFFD;
        };
    }
}
