package io.reelgate.api.intake;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.job.query.JobWish;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A submission that has an id, so that from now on its answer is no error.
 *
 * @param job as it is known
 * @param wish what it asked for
 * @param settled whether the upstream is known to have it
 * @param replayed whether an earlier request brought it
 */
public record JobOnRecord(JobView job, JobWish wish, boolean settled, boolean replayed) {

    /** The same, with the job as it is known better. */
    JobOnRecord of(JobView known) {
        return new JobOnRecord(known, wish, settled, replayed);
    }

    /** With this body, which is in the shape of an answer to a submission. */
    public <T> ResponseEntity<T> submission(T body) {
        return answer(settled).body(body);
    }

    /**
     * With this body, which is in the shape of an answer to a look-up, for an app that waited.
     *
     * @param now how the job stands; {@link #job} itself if it could not be looked up
     */
    <T> ResponseEntity<T> status(JobView now, HttpHeaders more, T body) {
        var known = now.hold() == null && now.status() != JobStatus.SUBMITTING && now.status() != JobStatus.UNCONFIRMED;
        var settled = now.status().ended() || known && now != job;
        return answer(settled).headers(more).body(body);
    }

    private ResponseEntity.BodyBuilder answer(boolean settled) {
        var answer = ResponseEntity.status(settled ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON);
        return replayed ? answer.header("Idempotent-Replayed", "true") : answer;
    }
}
