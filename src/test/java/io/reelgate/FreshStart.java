package io.reelgate;

import static org.awaitility.Awaitility.await;

import io.reelgate.admission.lane.Lanes;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Test classes share a gateway: before each test its upstream is as new, and its record is empty. */
final class FreshStart implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        var gateway = SpringExtension.getApplicationContext(test);
        gateway.getBean(LedgerUpstream.class).reset();
        // The gateway goes on meanwhile, and takes the same locks in orders of its own.
        await().ignoreExceptionsInstanceOf(PessimisticLockingFailureException.class)
                .until(() -> empty(gateway.getBean("jdbcClient", JdbcClient.class)));
        gateway.getBean(Lanes.class).refresh();
    }

    private static boolean empty(JdbcClient jdbc) {
        jdbc.sql("truncate video_job, quota_incident, lane cascade; update archive_total set films = 0, bytes = 0")
                .update();
        return true;
    }
}
