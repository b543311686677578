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

    /** Those of these ids that are a task of a job on record, sent to one of these accounts: one query, or none if none is given. */
    public Set<String> owned(Collection<String> taskIds, Collection<Integer> accounts) {
        return taskIds.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("""
                                select upstream_task_id from video_job
                                where upstream_task_id = any (?) and account = any (?)
                                """)
                        .params(taskIds.toArray(String[]::new), accounts.toArray(Integer[]::new))
                        .query((row, _) -> row.getString(1))
                        .list());
    }
}
