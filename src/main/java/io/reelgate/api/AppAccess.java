package io.reelgate.api;

import io.reelgate.apps.Apps;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.web.AppError;
import io.reelgate.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Which app a caller may be, and whose jobs it reaches, by where it calls from and what ops registered of the app. Names are
 * not proven, addresses are; it all comes from memory.
 */
@Component
public class AppAccess {

    private final Apps apps;
    private final JobQueries jobs;
    private final HeldPositions positions;
    private final boolean unknownMaySubmit;

    AppAccess(Apps apps, JobQueries jobs, HeldPositions positions, UnknownAppsProperties properties) {
        this.apps = apps;
        this.jobs = jobs;
        this.positions = positions;
        this.unknownMaySubmit = properties.maySubmit();
    }

    /** The name that the caller gives itself; throws 403 {@code app_not_allowed} if it is claimed from elsewhere. */
    public String claimed(HttpServletRequest request) {
        var app = AppName.of(request);
        if (!apps.reaches(ClientAddress.of(request), app)) {
            throw notAllowed(
                    "The app '%s' may not be claimed from your address; its networks are set by the gateway's operators"
                            .formatted(app));
        }
        return app;
    }

    /** The same for who is about to submit, which may be left to apps that ops know. */
    public String submitting(HttpServletRequest request) {
        var app = claimed(request);
        if (!unknownMaySubmit && apps.of(app) == null) {
            throw notAllowed(
                    "The app '%s' is not registered with this gateway, so it may not submit jobs; ask its operators"
                            .formatted(app));
        }
        return app;
    }

    /** The job of this id; throws 404 {@code task_not_found} if there is none, or none that is reached from there. */
    public JobView find(String id, HttpServletRequest request) {
        return jobs.find(id)
                .filter(job -> apps.reaches(ClientAddress.of(request), job.app()))
                .map(positions::of)
                .orElseThrow(() -> AppRoutes.unknownTask(id));
    }

    /** The caller's own job of this id; throws 404 {@code task_not_found} if it is none, as if it did not exist. */
    public JobView findOwn(String id, HttpServletRequest request) {
        var app = claimed(request);
        var job = find(id, request);
        if (!job.app().equals(app)) {
            throw AppRoutes.unknownTask(id);
        }
        return job;
    }

    /** Whether the caller reaches every job, whosever it is. */
    public boolean reachesAll(HttpServletRequest request) {
        return apps.reachesAll(ClientAddress.of(request));
    }

    private static AppError notAllowed(String message) {
        return AppError.of(403, "app_not_allowed", message + "; nothing was bought")
                .about(AppName.HEADER);
    }
}
