package io.reelgate.upstream;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.reelgate.upstream.http.UpstreamConfiguration;
import io.reelgate.upstream.http.UpstreamConnections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.reactive.function.client.WebClient;

/** A real client with short time-outs against some address. */
public final class ClientFixture implements AutoCloseable {

    final UpstreamHealth health = new UpstreamHealth(Fixtures.CLOCK);
    final UpstreamClient client;
    private final UpstreamConnections connections;
    private final Timer timeouts = new HashedWheelTimer();

    public ClientFixture(String baseUrl, Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "base-url", baseUrl,
                "connect-timeout", "1s",
                "response-timeout", "5s",
                "upload-timeout", "5s",
                "poll-timeout", "5s"));
        all.putAll(settings);
        var properties = Fixtures.properties(all);
        var key = UpstreamKey.of(Fixtures.KEY, false);
        connections = new UpstreamConnections(WebClient.builder(), properties, key);
        client = UpstreamConfiguration.client(connections, properties, key, health, timeouts, Fixtures.CLOCK);
    }

    /** Submits what was intended just now. */
    SubmissionOutcome submit(byte[] body) {
        return result(body).outcome();
    }

    /** The same with the upstream's own id of the request. */
    SubmissionResult result(byte[] body) {
        return client.submit(body, Fixtures.CLOCK.instant());
    }

    /** Opens the whole film. */
    public VideoContent film(String taskId) {
        return client.film(taskId, RangeRequest.WHOLE);
    }

    @Override
    public void close() {
        connections.destroy();
        timeouts.stop();
    }
}
