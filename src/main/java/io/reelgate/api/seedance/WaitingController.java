package io.reelgate.api.seedance;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.ContentUrl;
import io.reelgate.api.Preference;
import io.reelgate.delivery.Waits;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.WaitsObservation;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The routes of {@link GenerationsController} for apps that would like to wait ({@link Preference}): the answer comes when the job
 * has ended or the time is over, and is then what it would have been. Nothing is held meanwhile but the connection.
 */
@RestController
@RequestMapping(path = AppRoutes.GENERATIONS, headers = Preference.HEADER)
@Hidden
class WaitingController {

    private static final Logger log = LoggerFactory.getLogger(WaitingController.class);

    /** Times are this controller's own: the container's would answer with an error. */
    private static final long NO_TIMEOUT = -1;

    private final Intake intake;
    private final AppAccess access;
    private final JobQueries history;
    private final Waits waits;

    WaitingController(Intake intake, AppAccess access, JobQueries history, Waits waits) {
        this.intake = intake;
        this.access = access;
        this.history = history;
        this.waits = waits;
    }

    @GetMapping("/{id}")
    DeferredResult<ResponseEntity<?>> find(@PathVariable String id, HttpServletRequest request) {
        var job = access.find(id, request);
        var contentUrl = ContentUrl.of(job.id());
        return Preference.wait(request)
                .map(wait -> held(
                        job,
                        wait,
                        wait,
                        request,
                        (now, applied) -> answer(now, contentUrl, applied),
                        () -> now(answer(job, contentUrl, new HttpHeaders())),
                        () -> history.find(job.id()).orElse(job)))
                .orElseGet(() -> now(answer(job, contentUrl, new HttpHeaders())));
    }

    /** The id is on record before anything waits, so whoever gives up early need not, and must not, submit again. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<?>> submit(HttpServletRequest request) {
        var wanted = Preference.wait(request);
        if (wanted.isEmpty()) {
            return now(intake.submit(request).submission());
        }
        var began = System.nanoTime();
        var wait = wanted.get();
        var submitted = intake.submit(request, wait);
        var contentUrl = ContentUrl.of(submitted.job().id());
        return held(
                submitted.job(),
                wait,
                wait.minusNanos(System.nanoTime() - began),
                request,
                (now, applied) -> submitted.status(now, contentUrl, applied),
                () -> now(submitted.submission()),
                () -> fromMemoryIfNeedBe(submitted.job()));
    }

    private static ResponseEntity<?> answer(JobView job, String contentUrl, HttpHeaders applied) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .headers(applied)
                .body(StatusJson.of(job, contentUrl));
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
