package io.reelgate.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Each app's own secret, made of the gateway's and the app's name, so that none has to be kept. The gateway's is a property, or
 * is made once, by whichever replica needs it first, and kept in the database.
 */
@Component
public class WebhookSecrets {

    private static final String PREFIX = "whsec_";
    private static final int MADE_BYTES = 32;

    private final JdbcClient jdbc;
    private final WebhookProperties properties;
    private volatile @Nullable String kept;

    WebhookSecrets(JdbcClient jdbc, WebhookProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** The app's secret, as its developers set it up. */
    public String of(String app) {
        return PREFIX + Base64.getEncoder().encodeToString(derived(current(), app));
    }

    /** What signs for this app: its secret, and the one it had before, while that is known. */
    public List<byte[]> keys(String app) {
        return Stream.of(current(), properties.previousSecret())
                .filter(Objects::nonNull)
                .map(secret -> derived(secret, app))
                .toList();
    }

    private static byte[] derived(String secret, String app) {
        return Signature.hmac(secret.getBytes(UTF_8), ("webhook:" + app).getBytes(UTF_8));
    }

    private String current() {
        if (properties.secret() != null) {
            return properties.secret();
        }
        var known = kept;
        if (known == null) {
            known = keep();
            kept = known;
        }
        return known;
    }

    /** Whoever is first has it kept; all read the same. */
    private String keep() {
        var made = new byte[MADE_BYTES];
        new SecureRandom().nextBytes(made);
        jdbc.sql("insert into webhook_secret (secret) values (?) on conflict (id) do nothing")
                .param(Base64.getEncoder().encodeToString(made))
                .update();
        return jdbc.sql("select secret from webhook_secret").query(String.class).single();
    }
}
