package io.reelgate.security.login;

import io.reelgate.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
 * time, in its turn at {@link BcryptTurns}, and by the hash of what passed from then on.
 */
public class OpsPassword {

    /** Of letters and digits, so many cannot be guessed at any speed; see decision 13. */
    private static final int SHORTEST = 12;

    private static final Logger log = LoggerFactory.getLogger(OpsPassword.class);

    private final @Nullable String bcrypt;
    private final BcryptTurns turns;
    private volatile byte @Nullable [] known;

    private OpsPassword(@Nullable String plain, @Nullable String bcrypt, BcryptTurns turns) {
        this.known = plain == null ? null : digest(plain);
        this.bcrypt = bcrypt;
        this.turns = turns;
    }

    /**
     * Reads a configured password: {@code {bcrypt}hash}, {@code {noop}plain} or plain; if it is missing or blank, makes one
     * and logs it. Warns of a short one.
     */
    public static OpsPassword of(@Nullable String configured, BcryptTurns turns) {
        if (configured == null || configured.isBlank()) {
            return new OpsPassword(generated(), null, turns);
        }
        if (configured.startsWith("{bcrypt}")) {
            return new OpsPassword(null, configured.substring("{bcrypt}".length()), turns);
        }
        var plain = configured.startsWith("{noop}") ? configured.substring("{noop}".length()) : configured;
        if (plain.length() < SHORTEST) {
            log.warn(
                    "The password of ops has fewer than {} characters and can be guessed: set a longer one in"
                            + " reelgate.ops.password, or none to have one made",
                    SHORTEST);
        }
        return new OpsPassword(plain, null, turns);
    }

    /** Whether this is it, presented by somebody of this network; throws {@link TooManyLoginAttempts} if it cannot be looked at. */
    boolean matches(String presented, String network) {
        var digest = digest(presented);
        var passed = known;
        if (passed != null && MessageDigest.isEqual(passed, digest)) {
            return true;
        }
        if (bcrypt != null && turns.take(network, () -> new BCryptPasswordEncoder().matches(presented, bcrypt))) {
            known = digest;
            return true;
        }
        return false;
    }

    private static String generated() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        log.warn("""


                Generated password of ops: {}

                It is valid until the next start and for this replica alone; set reelgate.ops.password to choose one.
                """, password);
        return password;
    }

    private static byte[] digest(String password) {
        return Sha256.of(password.getBytes(StandardCharsets.UTF_8));
    }
}
