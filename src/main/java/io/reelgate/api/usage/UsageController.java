package io.reelgate.api.usage;

import io.reelgate.api.AppAccess;
import io.reelgate.billing.BillingDays;
import io.reelgate.billing.Prices;
import io.reelgate.billing.spend.SpendLine;
import io.reelgate.billing.spend.SpendQueries;
import io.reelgate.billing.spend.SpendRange;
import io.reelgate.billing.spend.UsageLine;
import io.reelgate.job.query.ReadPermits;
import io.reelgate.job.query.ReadPermits.Reader;
import io.reelgate.web.AppError;
import io.reelgate.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/usage}: what the calling app spent, by day and model. Few are added up at once, and one of an address. */
@RestController
class UsageController {

    static final String PATH = "/v1/usage";

    private static final int MOST_LINES = 5_000;
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private final AppAccess access;
    private final SpendQueries spend;
    private final BillingDays days;
    private final Prices prices;
    private final ReadPermits reading = new ReadPermits(AT_ONCE);

    UsageController(AppAccess access, SpendQueries spend, BillingDays days, Prices prices) {
        this.access = access;
        this.spend = spend;
        this.days = days;
        this.prices = prices;
    }

    @GetMapping(PATH)
    ResponseEntity<UsageJson> usage(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var app = access.claimed(request);
        var range = range(from, to);
        var lines = read(app, range, request);
        if (lines.size() > MOST_LINES) {
            throw AppError.invalid("from", "So many days have too many lines; ask for fewer");
        }
        var total = lines.stream().map(UsageLine::spent).reduce(SpendLine.NOTHING, SpendLine::plus);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new UsageJson(
                        "usage",
                        range.from().toString(),
                        range.to().toString(),
                        days.zone().getId(),
                        prices.currency(),
                        lines.stream().map(UsageJson.Item::of).toList(),
                        UsageJson.Sums.of(total)));
    }

    private List<UsageLine> read(String app, SpendRange range, HttpServletRequest request) {
        try (var permit = reading.enter(LONGEST_WAIT, List.of(new Reader("address " + ClientAddress.of(request), 1)))) {
            if (permit == null) {
                throw overloaded();
            }
            return spend.ofApp(app, range, MOST_LINES + 1);
        } catch (QueryTimeoutException e) {
            throw overloaded();
        }
    }

    /** Without any days, this month. */
    private SpendRange range(@Nullable String from, @Nullable String to) {
        var last = to == null ? null : date("to", to);
        var first = from == null ? (last == null ? days.today() : last).withDayOfMonth(1) : date("from", from);
        var range = new SpendRange(first, last == null ? first.plusMonths(1).minusDays(1) : last);
        if (!SpendRange.isPossible(range.from(), range.to())) {
            throw AppError.invalid("to", "'to' must be 'from' itself or a day after it, and at most 366 days in all");
        }
        return range;
    }

    private static LocalDate date(String parameter, String text) {
        try {
            var date = LocalDate.parse(text);
            if (date.getYear() >= SpendRange.FIRST_YEAR && date.getYear() <= SpendRange.LAST_YEAR) {
                return date;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw AppError.invalid(parameter, "'%s' must be a date such as 2026-07-20".formatted(parameter));
    }

    private static AppError overloaded() {
        return AppError.of(503, "overloaded", "The gateway adds up as much as it can; ask again soon")
                .retryAfter(RETRY_AFTER);
    }
}
