package io.reelgate.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelgate.delivery.webhook.SecretRecord.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Each app's own secret, made of the gateway's, the app's name and how often ops have rotated it, so that none has to be kept. The
 * gateway's is a property, or is made once, by whichever replica needs it first, and kept in the database.
 */
@Component
public class WebhookSecrets {

    /** How long the secret before the last rotation signs beside the new one: a working day for the receivers to follow. */
    private static final Duration OVERLAP = Duration.ofHours(24);

    private static final String PREFIX = "whsec_";

    /**
     * What an app checks its webhooks with.
     *
     * @param n how often it was rotated
     * @param previousUntil until when the one before signs too; {@code null} if it does not
     */
    public record AppSecret(String secret, int n, @Nullable Instant previousUntil) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "AppSecret[" + n + ", " + previousUntil + "]";
        }
    }

    private final SecretRecord record;
    private final WebhookProperties properties;
    private volatile @Nullable String kept;

    WebhookSecrets(SecretRecord record, WebhookProperties properties) {
        this.record = record;
        this.properties = properties;
    }

    /** The app's secret, as its developers set it up. */
    public AppSecret of(String app) {
        var rotation = record.rotation(app, OVERLAP);
        var secret = PREFIX + Base64.getEncoder().encodeToString(derived(current(), app, rotation.n()));
        return new AppSecret(secret, rotation.n(), rotation.previousUntil());
    }

    /** What signs for this app: its secret, and those before it that receivers may still know. */
    public List<byte[]> keys(String app) {
        var rotation = record.rotation(app, OVERLAP);
        return Stream.of(current(), properties.previousSecret())
                .filter(Objects::nonNull)
                .flatMap(secret -> derived(secret, app, rotation))
                .toList();
    }

    /**
     * Gives this app another secret; the one it has signs beside it for a day more, and older ones no more.
     *
     * @param known how often it was rotated as far as is known; {@code null}: however often
     * @return false if somebody has rotated it meanwhile
     */
    public boolean rotate(String app, @Nullable Integer known) {
        return record.rotate(app, known);
    }

    private static Stream<byte[]> derived(String secret, String app, Rotation rotation) {
        var newest = derived(secret, app, rotation.n());
        return rotation.previousUntil() == null
                ? Stream.of(newest)
                : Stream.of(newest, derived(secret, app, rotation.n() - 1));
    }

    private static byte[] derived(String secret, String app, int n) {
        return Signature.hmac(secret.getBytes(UTF_8), ("webhook:" + app + (n == 0 ? "" : ":" + n)).getBytes(UTF_8));
    }

    private String current() {
        if (properties.secret() != null) {
            return properties.secret();
        }
        var known = kept;
        if (known == null) {
            known = record.kept();
            kept = known;
        }
        return known;
    }
}
