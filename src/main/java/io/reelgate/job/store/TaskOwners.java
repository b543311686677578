package io.reelgate.job.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which tasks of the upstream belong to jobs on record. */
@Component
public class TaskOwners {

    private final JdbcClient jdbc;

    TaskOwners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these upstream ids that are a job's on record: one query for all of them, and none if there are none. */
    public Set<String> owned(Collection<String> taskIds) {
        return taskIds.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("select upstream_task_id from video_job where upstream_task_id = any (?)")
                        .param(taskIds.toArray(String[]::new))
                        .query((row, _) -> row.getString(1))
                        .list());
    }
}
