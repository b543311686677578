package io.reelgate.api;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobLists;
import io.reelgate.job.query.JobPage;
import io.reelgate.job.query.JobView;
import io.reelgate.job.query.ReadPermits;
import io.reelgate.job.query.ReadPermits.Reader;
import io.reelgate.web.AppError;
import io.reelgate.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets few lists at once at the database, whose connections submissions need, and not many more be in memory until their
 * callers have taken them; nobody gets all places of either.
 */
@Component
public class AppLists implements HandlerInterceptor {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_FULL = Duration.ofSeconds(3);

    private static final int READ = 4;
    private static final int READ_BY_APP = 3;
    private static final int READ_FROM_ADDRESS = 2;

    /** A page has 100 jobs of some hundred bytes, rarely of some thousand. */
    private static final int ANSWERED = 64;

    private static final int ANSWERED_TO_ADDRESS = 16;

    private static final String PERMIT = AppLists.class.getName() + ".permit";

    private final ReadPermits reading = new ReadPermits(READ);
    private final ReadPermits answering = new ReadPermits(ANSWERED);
    private final JobLists lists;
    private final AppAccess access;

    AppLists(JobLists lists, AppAccess access) {
        this.lists = lists;
        this.access = access;
    }

    /** A page of the app's own jobs; throws 503 {@code overloaded} if its turn does not come, or if it takes too long. */
    public JobPage<JobView> page(
            HttpServletRequest request, Set<JobStatus> statuses, @Nullable String after, int limit) {
        return read(request, app -> lists.ofApp(app, statuses, after, limit));
    }

    /** The same with what the jobs asked for, in either order. */
    public JobPage<JobListing> page(
            HttpServletRequest request, @Nullable String after, int limit, boolean oldestFirst) {
        return read(request, app -> lists.ofApp(app, after, limit, oldestFirst));
    }

    private <T> JobPage<T> read(HttpServletRequest request, Function<String, JobPage<T>> list) {
        var app = access.claimed(request);
        try (var permit = reading.enter(
                LONGEST_WAIT,
                List.of(
                        new Reader("address " + ClientAddress.of(request), READ_FROM_ADDRESS),
                        new Reader("app " + app, READ_BY_APP)))) {
            if (permit == null) {
                throw overloaded();
            }
            return list.apply(app);
        } catch (QueryTimeoutException e) {
            throw overloaded();
        }
    }

    /** Before a list: it will be in memory until it is answered. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (isList(request)) {
            var permit = answering.enter(
                    LONGEST_WAIT, List.of(new Reader("address " + ClientAddress.of(request), ANSWERED_TO_ADDRESS)));
            if (permit == null) {
                throw overloaded();
            }
            request.setAttribute(PERMIT, permit);
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(PERMIT) instanceof ReadPermits.Permit permit) {
            request.removeAttribute(PERMIT);
            permit.close();
        }
    }

    private static boolean isList(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
    }

    private static AppError overloaded() {
        return AppError.of(503, "overloaded", "The gateway reads as many lists as it can; ask again soon")
                .retryAfter(RETRY_AFTER_FULL);
    }
}
