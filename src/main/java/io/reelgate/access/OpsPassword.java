package io.reelgate.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The password of ops, compared at the price of a SHA-256.
 *
 * <p>Basic sends the password with each call of the API, and a bcrypt for each call would burn a tenth of a second of CPU.
 * A slow hash protects a stolen table of hashes; here is none: a plain password stands in the configuration anyway, and
 * in memory next to it a fast hash gives nothing away. One encoded as {@code {bcrypt}…} is checked by bcrypt the first
 * time and by the hash of what passed from then on. Guessing is slowed by {@link LoginAttempts}, not by the hash.
 */
class OpsPassword {

    private static final Logger log = LoggerFactory.getLogger(OpsPassword.class);

    private final @Nullable String bcrypt;
    private volatile byte @Nullable [] known;

    private OpsPassword(@Nullable String plain, @Nullable String bcrypt) {
        this.known = plain == null ? null : digest(plain);
        this.bcrypt = bcrypt;
    }

    /**
     * Reads a configured password: {@code {bcrypt}hash}, {@code {noop}plain} or plain; if it is missing or blank, makes one
     * and logs it.
     */
    static OpsPassword of(@Nullable String configured) {
        if (configured == null || configured.isBlank()) {
            return generated();
        }
        if (configured.startsWith("{bcrypt}")) {
            return new OpsPassword(null, configured.substring("{bcrypt}".length()));
        }
        return new OpsPassword(
                configured.startsWith("{noop}") ? configured.substring("{noop}".length()) : configured, null);
    }

    boolean matches(String presented) {
        var digest = digest(presented);
        var passed = known;
        if (passed != null && MessageDigest.isEqual(passed, digest)) {
            return true;
        }
        if (bcrypt != null && new BCryptPasswordEncoder().matches(presented, bcrypt)) {
            known = digest;
            return true;
        }
        return false;
    }

    private static OpsPassword generated() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        log.warn("""


                Generated password of ops: {}

                It is valid until the next start and for this replica alone; set reelgate.ops.password to choose one.
                """, password);
        return new OpsPassword(password, null);
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
