package io.reelgate.access;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The one login of ops.
 *
 * @param user the name, for form and Basic alike
 * @param password plain, or encoded as {@code {bcrypt}…}; without one a password is made at each start and logged. It
 *     should be long rather than changed often: guessing is slowed to one attempt a minute for each address
 */
@Validated
@ConfigurationProperties("reelgate.ops")
record OpsProperties(
        @DefaultValue("ops")
        @Pattern(regexp = "[^:\\s]+", message = "must be a word without a colon, since Basic ends the name there")
        String user,

        @Nullable String password) {

    /** Keeps the password out of any log line that prints the properties. */
    @Override
    public String toString() {
        return "OpsProperties[user=" + user + "]";
    }
}
