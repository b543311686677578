package io.reelgate.job.store;

import io.reelgate.job.JobEvent;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The append-only list of what happened to each job. */
@Component
public class Timeline {

    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};

    private final JdbcTemplate template;
    private final JdbcClient reads;
    private final JsonMapper json;

    public Timeline(JdbcTemplate template, @Qualifier("reads") JdbcClient reads, JsonMapper json) {
        this.template = template;
        this.reads = reads;
        this.json = json;
    }

    /** An event and the job it happened to. */
    public record Entry(String jobId, JobEvent event) {}

    /** Appends one event. */
    public void append(String jobId, JobEvent event) {
        append(List.of(new Entry(jobId, event)));
    }

    /** Appends these events in one batch, in this order. */
    public void append(List<Entry> entries) {
        template.batchUpdate(
                "insert into job_event (job_id, at, kind, detail) values (?, ?, ?, ?::jsonb)",
                entries,
                entries.size(),
                (statement, entry) -> {
                    statement.setString(1, entry.jobId());
                    statement.setTimestamp(2, Timestamp.from(entry.event().at()));
                    statement.setString(3, entry.event().kind());
                    statement.setString(4, write(entry.event()));
                });
    }

    /** What happened to this job, oldest first. */
    public List<JobEvent> of(String jobId) {
        return reads.sql("select at, kind, detail from job_event where job_id = ? order by id")
                .param(jobId)
                .query((row, _) -> new JobEvent(
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        json.readValue(row.getString("detail"), DETAIL)))
                .list();
    }

    String write(JobEvent event) {
        return event.detail().isEmpty() ? "{}" : json.writeValueAsString(event.detail());
    }
}
