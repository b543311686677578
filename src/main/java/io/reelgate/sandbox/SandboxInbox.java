package io.reelgate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.delivery.webhook.Signature;
import io.reelgate.delivery.webhook.WebhookSecrets;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /sandbox/inbox}: a receiver of webhooks to try them with, and to compare one's own with. It checks them as a receiver should,
 * and shows the newest of this replica.
 */
@RestController
@Profile("sandbox")
@Hidden
@RequestMapping("/sandbox/inbox")
class SandboxInbox {

    private static final int MOST = 50;
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_HEADER = 200;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Deque<Received> newest = new ArrayDeque<>();
    private final WebhookSecrets secrets;
    private final Clock clock;

    SandboxInbox(WebhookSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What came.
     *
     * @param verified whether it was signed with the app's secret, lately
     */
    record Received(
            @JsonProperty("received_at") Instant receivedAt,
            String app,
            boolean verified,
            @JsonProperty("webhook-id") @Nullable String id,
            @JsonProperty("webhook-timestamp") @Nullable String timestamp,
            String body) {}

    @GetMapping
    List<Received> list() {
        synchronized (newest) {
            return List.copyOf(newest);
        }
    }

    /** Takes a webhook of the app that the query or the header names: 204, or 401 if it is not verified. */
    @PostMapping
    ResponseEntity<Void> receive(
            @RequestParam(name = "app", required = false) @Nullable String asked,
            @RequestHeader(name = "X-Reelgate-App", defaultValue = "anonymous") String named,
            @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
            @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "webhook-signature", required = false) @Nullable String signature,
            InputStream content)
            throws IOException {
        var body = content.readNBytes(LONGEST + 1);
        var app = asked == null ? named : asked;
        if (body.length > LONGEST || !APP.matcher(app).matches()) {
            return ResponseEntity.status(HttpStatus.BAD_REQUEST).build();
        }
        var verified = id != null
                && timestamp != null
                && signature != null
                && timestamp.matches("\\d{1,12}")
                && isLately(Long.parseLong(timestamp))
                && Signature.verifies(secrets.keys(app), signature, id, Long.parseLong(timestamp), body);
        add(new Received(clock.instant(), app, verified, cut(id), cut(timestamp), new String(body, UTF_8)));
        return ResponseEntity.status(verified ? HttpStatus.NO_CONTENT : HttpStatus.UNAUTHORIZED)
                .build();
    }

    private void add(Received received) {
        synchronized (newest) {
            newest.addFirst(received);
            if (newest.size() > MOST) {
                newest.removeLast();
            }
        }
    }

    private boolean isLately(long timestamp) {
        return Duration.between(Instant.ofEpochSecond(timestamp), clock.instant())
                        .abs()
                        .compareTo(TOLERANCE)
                <= 0;
    }

    private static @Nullable String cut(@Nullable String header) {
        return header == null || header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
    }
}
