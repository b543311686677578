package io.reelgate.security.login;

import io.reelgate.net.Network;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The one login of ops, and from where it is asked for.
 *
 * @param user the name, for form and Basic alike
 * @param password plain, or encoded as {@code {bcrypt}…}; without one a password is made at each start and logged. It
 *     should be long, 12 characters or more, since nothing but its length keeps it from being guessed
 * @param allowedNetworks who may see the console and the metrics; by default who may call {@code /v1}. Health is for
 *     everybody
 */
@Validated
@ConfigurationProperties("reelgate.ops")
public record OpsProperties(
        @DefaultValue("ops")
        @Pattern(regexp = "[^:\\s]+", message = "must be a word without a colon, since Basic ends the name there")
        String user,

        @Nullable String password,

        @Nullable
        @Size(
                min = 1,
                message = "is empty, so nobody could see the console: leave it unset for the networks of"
                        + " reelgate.access.allowed-networks, or say 0.0.0.0/0,::/0 for everybody")
        List<Network> allowedNetworks) {

    /** Who may see the console and the metrics: what is set, else who may call {@code /v1}. */
    public List<Network> networksOr(List<Network> apps) {
        return allowedNetworks == null ? apps : allowedNetworks;
    }

    /** Keeps the password out of any log line that prints the properties. */
    @Override
    public String toString() {
        return "OpsProperties[user=" + user + "]";
    }
}
