package io.reelgate;

import io.reelgate.admission.lane.Lanes;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Test classes share a gateway: before each test its upstream is as new, and its record is empty. */
final class FreshStart implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        var gateway = SpringExtension.getApplicationContext(test);
        gateway.getBean(LedgerUpstream.class).reset();
        gateway.getBean("jdbcClient", JdbcClient.class)
                .sql("truncate video_job, quota_incident, lane cascade; update archive_total set films = 0, bytes = 0")
                .update();
        gateway.getBean(Lanes.class).refresh();
    }
}
