package io.reelgate.job.query;

import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a job's app wrote: the prompt, and the body that asked for it, which may have megabytes. */
@Component
public class JobTexts {

    private static final String PIECE = "select substr(request, ?, ?) from video_job where id = ?";

    private final JdbcClient reads;

    public JobTexts(@Qualifier("reads") JdbcClient reads) {
        this.reads = reads;
    }

    /** The prompt, up to 100,000 characters. */
    public Optional<String> prompt(String jobId) {
        return reads.sql("select prompt from video_job where id = ?")
                .param(jobId)
                .query(String.class)
                .optional();
    }

    /**
     * A piece of the body that asked for this job, as it came, inline media elided; empty if there is no such job.
     *
     * @param from where it begins, in characters of Unicode, from 0
     * @param length how many of them; fewer than that are the last piece
     */
    public Optional<String> request(String jobId, int from, int length) {
        return reads.sql(PIECE)
                .params(from + 1, length, jobId)
                .query(String.class)
                .optional();
    }
}
