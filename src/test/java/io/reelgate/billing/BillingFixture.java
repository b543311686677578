package io.reelgate.billing;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.billing.charge.ChargeTable;
import io.reelgate.billing.charge.Charges;
import io.reelgate.billing.charge.ClosedDays;
import io.reelgate.billing.charge.Corrections;
import io.reelgate.billing.charge.SpendMetrics;
import io.reelgate.job.OwnDatabase;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What keeps the charges of a database of one's own, in the zone of Shanghai and in yuan. */
public final class BillingFixture {

    private static final BillingProperties PROPERTIES = new BillingProperties("CNY", "Asia/Shanghai", List.of());

    public final BillingDays days;
    public final Prices prices = new Prices(PROPERTIES);
    public final ClosedDays closedDays;
    public final ChargeTable table;
    public final Charges charges;
    public final Corrections corrections;

    public BillingFixture(OwnDatabase database, Clock clock, MeterRegistry meters) {
        days = new BillingDays(PROPERTIES, clock);
        closedDays = new ClosedDays(database.jdbc, database.transaction, days, clock);
        table = new ChargeTable(database.jdbc, new JdbcTemplate(database.dataSource), days, closedDays, clock);
        var metrics = new SpendMetrics(meters);
        charges = new Charges(table, metrics, database.jdbc);
        corrections =
                new Corrections(table, metrics, database.timeline, prices, database.jdbc, database.transaction, clock);
    }
}
