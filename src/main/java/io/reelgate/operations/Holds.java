package io.reelgate.operations;

import io.reelgate.admission.lane.Lane;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.job.HoldReason;
import io.reelgate.job.query.JobView;
import io.reelgate.operations.Resolutions.Resolver;
import io.reelgate.submission.hold.Cancellations;
import io.reelgate.submission.hold.Cancellations.Cancellation;
import io.reelgate.submission.hold.HeldQueries;
import io.reelgate.submission.hold.HeldQueries.Waiting;
import io.reelgate.upstream.account.Accounts;
import io.reelgate.upstream.account.UpstreamAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** What ops see of the jobs that wait, and do about them. */
@Service
public class Holds {

    private static final Logger log = LoggerFactory.getLogger(Holds.class);

    private final Lanes lanes;
    private final HeldQueries held;
    private final Cancellations cancellations;
    private final JobDetails jobs;
    private final Accounts accounts;
    private final Clock clock;
    private final ExpiringSupplier<List<LaneLine>> lines;

    Holds(Lanes lanes, HeldQueries held, Cancellations cancellations, JobDetails jobs, Accounts accounts, Clock clock) {
        this.lanes = lanes;
        this.held = held;
        this.cancellations = cancellations;
        this.jobs = jobs;
        this.accounts = accounts;
        this.clock = clock;
        this.lines = new ExpiringSupplier<>(Duration.ofSeconds(1), clock, this::read);
    }

    /**
     * A lane, and who waits in it.
     *
     * @param account its name
     * @param oldest since when the job waits that waited longest; {@code null} if none does
     * @param apps how many jobs of each app wait, the most first
     */
    public record LaneLine(
            String account,
            Lane lane,
            long waiting,
            @Nullable Instant oldest,
            Map<String, Long> apps) {}

    /** All lanes as they are now: who has just changed something sees it. Those that most jobs wait for come first. */
    public List<LaneLine> lanes() {
        return read();
    }

    /** How many jobs wait for each reason, as of a second ago. */
    public Map<HoldReason, Long> waiting() {
        var counts = new EnumMap<HoldReason, Long>(HoldReason.class);
        lines.get().forEach(line -> counts.merge(line.lane().reason(), line.waiting(), Long::sum));
        return counts;
    }

    /** How many lanes are closed for each reason, as of a second ago. */
    public Map<HoldReason, Long> closed() {
        return lines.get().stream()
                .map(LaneLine::lane)
                .filter(lane -> !lane.isOpen())
                .collect(Collectors.groupingBy(
                        Lane::reason, () -> new EnumMap<>(HoldReason.class), Collectors.counting()));
    }

    /** How many jobs of this app wait now. */
    public long waitingOf(String app) {
        return lanes().stream()
                .mapToLong(line -> line.apps().getOrDefault(app, 0L))
                .sum();
    }

    /** How long the job has waited that waits longest; zero if none does. */
    public Duration oldest() {
        return lines.get().stream()
                .map(LaneLine::oldest)
                .filter(oldest -> oldest != null)
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /**
     * Has closed lanes try a job now instead of at their time.
     *
     * @param account its name, and {@code model}; both {@code null}: all lanes; without a model: the lane of the whole account
     * @return how many
     */
    public int tryNow(@Nullable String account, @Nullable String model, String by) {
        int tried = account == null
                ? lanes.tryNow(clock.instant())
                : accounts.all().stream()
                        .filter(one -> one.name().equals(account))
                        .mapToInt(one -> lanes.tryNow(one.id(), model == null ? "" : model, clock.instant()))
                        .sum();
        log.info("{} closed lanes are tried now, as {} asked", tried, by);
        return tried;
    }

    /** Calls a job off that waits; returns it as it is then, and throws {@link OpsProblem} if it was sent or has ended. */
    public JobView cancel(String id, Resolver resolver) {
        return switch (cancellations.cancel(jobs.find(id), resolver.by(), resolver.note())) {
            case Cancellation.Done(var job) -> job;
            case Cancellation.BeingTried _ ->
                throw OpsProblem.of(
                        HttpStatus.CONFLICT,
                        "The job is being sent at this moment; if the upstream does not take it, it waits again");
            case Cancellation.TooLate(var job) ->
                throw OpsProblem.of(
                        HttpStatus.CONFLICT,
                        "The job is %s; only one that waits can be called off"
                                .formatted(job.status().word()));
        };
    }

    /** Calls all jobs of this app off that wait; returns how many. */
    public int cancelAll(String app, Resolver resolver) {
        return cancellations.cancelAll(app, resolver.by(), resolver.note());
    }

    private List<LaneLine> read() {
        var names = accounts.all().stream()
                .collect(Collectors.toMap(UpstreamAccount::id, UpstreamAccount::name, (one, _) -> one));
        var waiting = held.waiting();
        return lanes.all().stream()
                .map(lane -> line(lane, waiting, names))
                .sorted(Comparator.comparing(LaneLine::waiting).reversed())
                .toList();
    }

    private static LaneLine line(Lane lane, List<Waiting> waiting, Map<Integer, String> names) {
        var apps = new LinkedHashMap<String, Long>();
        Instant oldest = null;
        for (var one : waiting) {
            if (one.account() == lane.account() && one.model().equals(lane.model())) {
                apps.merge(one.app(), one.jobs(), Long::sum);
                oldest = oldest == null || one.oldest().isBefore(oldest) ? one.oldest() : oldest;
            }
        }
        return new LaneLine(
                names.getOrDefault(lane.account(), String.valueOf(lane.account())),
                lane,
                apps.values().stream().mapToLong(Long::longValue).sum(),
                oldest,
                apps);
    }
}
