package io.reelgate.apps;

import io.reelgate.net.Network;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ops registered of each app, from memory; as of at most a second ago. */
@FunctionalInterface
public interface Apps {

    /** By their names. */
    Map<String, AppSettings> registered();

    /** What ops said of this app; {@code null} if it is not registered. */
    default @Nullable AppSettings of(String app) {
        return registered().get(app);
    }

    /** How many jobs this app may submit in a minute, if ops gave it a limit of its own. */
    default @Nullable Integer jobsPerMinute(String app) {
        var settings = of(app);
        return settings == null ? null : settings.jobsPerMinute();
    }

    /** How many of this app's jobs may be with the upstream at once, if ops set a limit. */
    default @Nullable Integer maxInFlight(String app) {
        var settings = of(app);
        return settings == null ? null : settings.maxInFlight();
    }

    /** Whether this app's jobs wait that cannot be sent; {@code null}: ops said nothing of it. */
    default @Nullable Boolean hold(String app) {
        var settings = of(app);
        return settings == null ? null : settings.hold();
    }

    /**
     * Whether this app may be claimed from this address, and its jobs be reached.
     *
     * @param address a literal
     */
    default boolean reaches(String address, String app) {
        var settings = of(app);
        return settings == null || settings.networks().isEmpty() || settings.allows(Network.address(address));
    }

    /** Whether that is so of every app. */
    default boolean reachesAll(String address) {
        return registered().keySet().stream().allMatch(app -> reaches(address, app));
    }
}
