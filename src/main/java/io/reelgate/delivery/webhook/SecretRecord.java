package io.reelgate.delivery.webhook;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database knows of secrets: the gateway's, where no property says it, and how often each app's was rotated. */
@Component
class SecretRecord {

    private static final int MADE_BYTES = 32;

    private static final String ROTATE = """
            insert into webhook_rotation as known (app, n, rotated_at) values (?, 1, now())
            on conflict (app) do update set n = known.n + 1, rotated_at = now() where known.n = coalesce(?, known.n)
            """;

    private final JdbcClient jdbc;

    SecretRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How often an app's secret was rotated.
     *
     * @param previousUntil until when the one before signs too; {@code null} if it does not
     */
    record Rotation(int n, @Nullable Instant previousUntil) {

        static final Rotation NONE = new Rotation(0, null);
    }

    /** Read at each try, so that a rotation holds for all replicas at once. */
    Rotation rotation(String app, Duration overlap) {
        return jdbc.sql("""
                        select n, rotated_at + ? * interval '1 second' as until,
                          rotated_at + ? * interval '1 second' > now() as signs
                        from webhook_rotation where app = ?
                        """)
                .params(overlap.toSeconds(), overlap.toSeconds(), app)
                .query((row, _) -> new Rotation(
                        row.getInt(1), row.getBoolean(3) ? row.getTimestamp(2).toInstant() : null))
                .optional()
                .orElse(Rotation.NONE);
    }

    /** Counts one more; false if it has been rotated more or less often than is said here. */
    boolean rotate(String app, @Nullable Integer known) {
        if (known != null && known > 0 && rotation(app, Duration.ZERO).n() != known) {
            return false;
        }
        return jdbc.sql(ROTATE).param(app).param(known).update() == 1;
    }

    /** The gateway's own; whoever is first has it kept, and all read the same. */
    String kept() {
        var made = new byte[MADE_BYTES];
        new SecureRandom().nextBytes(made);
        jdbc.sql("insert into webhook_secret (secret) values (?) on conflict (id) do nothing")
                .param(Base64.getEncoder().encodeToString(made))
                .update();
        return jdbc.sql("select secret from webhook_secret").query(String.class).single();
    }
}
