package io.reelgate.api.intake;

import io.reelgate.api.Preference;
import io.reelgate.delivery.Waits;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.WaitsObservation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Holds the answers of apps that would like to wait ({@link Preference}): each comes when its job has ended or the time is over,
 * and is then what it would have been. Nothing is held meanwhile but the connection.
 */
@Component
public class WaitingAnswers {

    private static final Logger log = LoggerFactory.getLogger(WaitingAnswers.class);

    /** Times are our own: the container's would answer with an error. */
    private static final long NO_TIMEOUT = -1;

    private final Intake intake;
    private final JobQueries history;
    private final Waits waits;

    WaitingAnswers(Intake intake, JobQueries history, Waits waits) {
        this.intake = intake;
        this.history = history;
        this.waits = waits;
    }

    /** The answer to a look-up of this job; {@code status} makes its body. */
    public DeferredResult<ResponseEntity<?>> find(
            JobView job, HttpServletRequest request, Function<JobView, ?> status) {
        return Preference.wait(request)
                .map(wait -> held(
                        job,
                        wait,
                        wait,
                        request,
                        (now, applied) -> answer(status.apply(now), applied),
                        () -> now(answer(status.apply(job), new HttpHeaders())),
                        () -> history.find(job.id()).orElse(job)))
                .orElseGet(() -> now(answer(status.apply(job), new HttpHeaders())));
    }

    /** How a dialect answers a submission: at once, and as a look-up once the app has waited. */
    public interface Dialect {

        /** The body of an answer at once. */
        Object submission(JobOnRecord submitted);

        /** The body of an answer after the wait, to be used on any thread. */
        Function<JobView, ?> status(JobOnRecord submitted);
    }

    /** The id is on record before anything waits, so whoever gives up early need not, and must not, submit again. */
    public DeferredResult<ResponseEntity<?>> submit(HttpServletRequest request, BodyParser parser, Dialect dialect) {
        var wanted = Preference.wait(request);
        if (wanted.isEmpty()) {
            var submitted = intake.submit(request, parser);
            return now(submitted.submission(dialect.submission(submitted)));
        }
        var began = System.nanoTime();
        var wait = wanted.get();
        var submitted = intake.submit(request, parser, wait);
        var status = dialect.status(submitted);
        return held(
                submitted.job(),
                wait,
                wait.minusNanos(System.nanoTime() - began),
                request,
                (now, applied) -> submitted.status(now, applied, status.apply(now)),
                () -> now(submitted.submission(dialect.submission(submitted))),
                () -> fromMemoryIfNeedBe(submitted.job()));
    }

    private static ResponseEntity<?> answer(Object body, HttpHeaders applied) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .headers(applied)
                .body(body);
    }

    @FunctionalInterface
    private interface Answer {
        ResponseEntity<?> of(JobView job, HttpHeaders applied);
    }

    private DeferredResult<ResponseEntity<?>> held(
            JobView job,
            Duration wanted,
            Duration left,
            HttpServletRequest request,
            Answer answer,
            Supplier<DeferredResult<ResponseEntity<?>>> unapplied,
            Supplier<JobView> current) {
        var applied = new HttpHeaders();
        if (job.status().ended() || !left.isPositive()) {
            applied.set(Preference.APPLIED, Preference.applied(wanted));
            return now(answer.of(job.status().ended() ? job : current.get(), applied));
        }
        var wait = waits.begin(job, left, ClientAddress.networkOf(request));
        if (wait.isEmpty()) {
            return unapplied.get();
        }
        applied.set(Preference.APPLIED, Preference.applied(wanted));
        WaitsObservation.waits(request);
        var result = new DeferredResult<ResponseEntity<?>>(NO_TIMEOUT);
        wait.get().thenAccept(ended -> answer(result, ended, answer, applied, current));
        return result;
    }

    private static void answer(
            DeferredResult<ResponseEntity<?>> result,
            Optional<JobView> ended,
            Answer answer,
            HttpHeaders applied,
            Supplier<JobView> current) {
        try {
            result.setResult(answer.of(ended.orElseGet(current), applied));
        } catch (RuntimeException | Error e) {
            result.setErrorResult(e);
        }
    }

    /** An app that has an id gets no error any more, whatever becomes of the database. */
    private JobView fromMemoryIfNeedBe(JobView job) {
        try {
            return history.find(job.id()).orElse(job);
        } catch (DataAccessException | TransactionException away) {
            log.info("Job {} answered from memory, the database is away", job.id());
            return job;
        }
    }

    private static DeferredResult<ResponseEntity<?>> now(ResponseEntity<?> answer) {
        var result = new DeferredResult<ResponseEntity<?>>(NO_TIMEOUT);
        result.setResult(answer);
        return result;
    }
}
