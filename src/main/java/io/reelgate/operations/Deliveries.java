package io.reelgate.operations;

import io.reelgate.apps.AppRegistry;
import io.reelgate.delivery.webhook.Delivery;
import io.reelgate.delivery.webhook.DeliveryNumbers;
import io.reelgate.delivery.webhook.DeliveryRecord;
import io.reelgate.delivery.webhook.DeliveryState;
import io.reelgate.delivery.webhook.FailingReceiver;
import io.reelgate.delivery.webhook.WebhookSecrets;
import io.reelgate.delivery.webhook.WebhookSecrets.AppSecret;
import io.reelgate.text.Sanitizer;
import io.reelgate.text.StorableText;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What ops see of webhooks, and those that they have sent again. */
@Service
public class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private static final Duration FAILING_FRESH = Duration.ofSeconds(30);
    private static final int PAGE = 50;
    private static final int LONGEST_ID = 200;
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final DeliveryRecord record;
    private final WebhookSecrets secrets;
    private final AppRegistry apps;
    private final OpsReads reads;
    private final TransactionOperations transaction;
    private final ExpiringSupplier<List<FailingReceiver>> failing;

    Deliveries(
            DeliveryRecord record,
            WebhookSecrets secrets,
            AppRegistry apps,
            OpsReads reads,
            TransactionOperations transaction,
            Clock clock) {
        this.record = record;
        this.secrets = secrets;
        this.apps = apps;
        this.reads = reads;
        this.transaction = transaction;
        this.failing = new ExpiringSupplier<>(FAILING_FRESH, clock, () -> reads.run(record::failing));
    }

    /**
     * A page of deliveries, newest first.
     *
     * @param next where the next one begins; {@code null} at the end
     */
    public record Page(List<Delivery> items, @Nullable String next) {}

    /** The page behind this cursor, which is the {@code next} of an earlier one; throws {@link OpsProblem} for what cannot be read. */
    public Page list(@Nullable String app, @Nullable String state, @Nullable String cursor) {
        if (cursor != null && !DeliveryRecord.isId(cursor)) {
            throw OpsProblem.parameter("cursor", "cursor must be the 'next' of an earlier page");
        }
        var wanted = state == null || state.isEmpty() ? null : state(state);
        var named = app == null || app.isEmpty() ? null : StorableText.of(app);
        var found = reads.run(() -> record.list(named, wanted, cursor, PAGE + 1));
        return found.size() <= PAGE
                ? new Page(found, null)
                : new Page(found.subList(0, PAGE), found.get(PAGE - 1).id());
    }

    /** The deliveries of one job, newest first. */
    public List<Delivery> of(String jobId) {
        return reads.run(() -> record.of(jobId));
    }

    /** Has it sent again at once; throws {@link OpsProblem} if there is none. */
    public Delivery redeliver(String id, String by) {
        var known = find(id);
        record.sendAgain(known.id());
        log.info("Webhook {} of job {} is sent again, as asked by {}", known.id(), known.jobId(), by);
        return find(id);
    }

    /** Has all of this app sent again that were written since then and have not arrived; returns how many. */
    public int redeliverAll(@Nullable String app, @Nullable String since, String by) {
        requireApp("app", app == null ? "" : app);
        var from = TimeParameter.read("since", since == null ? "" : since);
        int all = record.sendAgain(String.valueOf(app), from);
        log.info("{} webhooks of {} since {} are sent again, as asked by {}", all, app, from, by);
        return all;
    }

    /** The secret that this app checks its webhooks with. */
    public AppSecret secret(String app) {
        requireApp("name", app);
        return secrets.of(app);
    }

    /**
     * Gives this app another secret, beside which the one it has signs for a day; throws {@link OpsProblem} if somebody did so
     * meanwhile.
     *
     * @param known how often it was rotated as far as the caller knows; {@code null}: however often
     */
    public AppSecret rotateSecret(String app, @Nullable Integer known, String by) {
        requireApp("name", app);
        var rotated = transaction.execute(_ -> {
            if (!secrets.rotate(app, known)) {
                return Optional.<AppSecret>empty();
            }
            var secret = secrets.of(app);
            apps.rotated(app, secret.n(), by);
            return Optional.of(secret);
        });
        var secret = rotated.orElseThrow(() -> OpsProblem.of(
                HttpStatus.CONFLICT, "The secret of '" + app + "' was rotated meanwhile; look at it again"));
        log.warn("The webhook secret of {} was rotated by {}: n = {}", app, by, secret.n());
        return secret;
    }

    /** Receivers that have taken nothing for a day, the longest away first; as of half a minute ago at most. */
    public List<FailingReceiver> failing() {
        return failing.get();
    }

    /** What waits. */
    public DeliveryNumbers numbers() {
        return record.numbers();
    }

    private Delivery find(String id) {
        return record.find(id)
                .orElseThrow(() -> OpsProblem.of(
                        HttpStatus.NOT_FOUND,
                        "There is no delivery with the id '" + StorableText.of(Sanitizer.cut(id, LONGEST_ID)) + "'"));
    }

    private static void requireApp(String parameter, String app) {
        if (!APP.matcher(app).matches()) {
            throw OpsProblem.parameter(parameter, parameter + " must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    private static DeliveryState state(String word) {
        return Arrays.stream(DeliveryState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> OpsProblem.parameter(
                        "state",
                        "state must be one of: "
                                + Arrays.stream(DeliveryState.values())
                                        .map(DeliveryState::word)
                                        .collect(Collectors.joining(", "))));
    }
}
