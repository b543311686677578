package io.reelgate.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever is asked, the answer is whole, in shape and no failure; {@code -Dfuzz.requests=20000} asks more often. */
@FullStackTest
@ExtendWith(OutputCaptureExtension.class)
class RequestFuzzerTests {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_128);

    @Test
    void answersWhateverIsAskedAsItMust(
            @LocalServerPort int port, @Autowired LedgerUpstream upstream, CapturedOutput log) {
        upstream.reset();
        var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var app = new GatewayClient(port);
        var taken = app.submit(GatewayClient.body("taken")).id();
        upstream.onSubmit(_ -> Answer.of(500, "rubbish"));
        var unknown = app.submit(GatewayClient.body("unknown")).id();

        var report = new RequestFuzzer(gateway, SEED, "test-ops", List.of(taken, unknown)).run(REQUESTS);

        assertThat(report.findings()).isEmpty();
        assertThat(report.statuses()).containsKeys(200, 302, 400, 401, 403, 404, 405, 413, 415);
        assertThat(log.getAll()).doesNotContain("\tat ").doesNotContain(" ERROR ");
        assertThat(upstream.submissions()).hasSize(2);
    }
}
