package io.reelgate.apps;

import io.reelgate.net.HttpAddress;
import io.reelgate.net.Network;
import io.reelgate.text.StorableText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ops say of an app; all of it may be left out.
 *
 * @param note for ops only
 * @param networks where its name may be claimed and its jobs be reached; empty: from wherever {@code /v1} may be called
 * @param jobsPerMinute in place of the gateway's own limit
 * @param maxInFlight how many of its jobs may be with the upstream at once
 * @param hold whether its jobs wait that cannot be sent; {@code null}: as the gateway's own setting says
 * @param webhookUrl where it is told of the end of its jobs
 */
public record AppSettings(
        @Nullable String note,
        List<Network> networks,
        @Nullable Integer jobsPerMinute,
        @Nullable Integer maxInFlight,
        @Nullable Boolean hold,
        @Nullable String webhookUrl) {

    public static final String NOTE = "note";
    public static final String NETWORKS = "networks";
    public static final String JOBS_PER_MINUTE = "jobs_per_minute";
    public static final String MAX_IN_FLIGHT = "max_in_flight";
    public static final String HOLD = "hold";
    public static final String WEBHOOK_URL = "webhook_url";

    /** Nothing is said but that there is such an app. */
    static final AppSettings NONE = new AppSettings(null, List.of(), null, null, null, null);

    private static final List<String> NAMES =
            List.of(NOTE, NETWORKS, JOBS_PER_MINUTE, MAX_IN_FLIGHT, HOLD, WEBHOOK_URL);

    private static final String YES = "yes";
    private static final String NO = "no";

    private static final int LONGEST_NOTE = 500;
    private static final int MOST_NETWORKS = 100;
    private static final int MOST_JOBS = 1_000_000;
    private static final int LONGEST_URL = 2_000;

    /** What answers say beside the settings: who sends such an answer back means no harm. */
    private static final Set<String> TOLD = Set.of(
            "name", "registered", "created_at", "changed_at", "changed_by", "first_seen_at", "last_seen_at", "changes");

    public AppSettings {
        networks = List.copyOf(networks);
    }

    /**
     * Reads the members of a JSON object; {@code null} and blank texts count as left out.
     *
     * @throws InvalidSettingException naming the first that cannot be used, one that is no setting included
     */
    public static AppSettings of(Map<String, ? extends @Nullable Object> members) {
        for (var name : members.keySet()) {
            if (!NAMES.contains(name) && !TOLD.contains(name)) {
                throw new InvalidSettingException(
                        name, "An app has no such setting; there are: " + String.join(", ", NAMES));
            }
        }
        return new AppSettings(
                note(members.get(NOTE)),
                networks(members.get(NETWORKS)),
                number(JOBS_PER_MINUTE, members.get(JOBS_PER_MINUTE)),
                number(MAX_IN_FLIGHT, members.get(MAX_IN_FLIGHT)),
                hold(members.get(HOLD)),
                webhookUrl(members.get(WEBHOOK_URL)));
    }

    /** Whether its name may be claimed from this address, and its jobs be reached. */
    boolean allows(@Nullable InetAddress address) {
        return networks.isEmpty()
                || address != null && networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The networks as they are written. */
    public List<String> networkTexts() {
        return networks.stream().map(AppSettings::text).toList();
    }

    /** {@code yes}, {@code no}, or {@code null} if nothing is said. */
    public @Nullable String holdText() {
        return hold == null ? null : hold ? YES : NO;
    }

    /** The webhook's URL for lists and logs: a query may hold a secret. */
    public @Nullable String maskedWebhookUrl() {
        return webhookUrl == null ? null : webhookUrl.replaceFirst("\\?.*", "?…");
    }

    /** What is different from these earlier ones, a line for each setting. */
    String difference(AppSettings before) {
        var lines = new ArrayList<String>();
        addDifference(lines, NOTE, before.note, note);
        addDifference(lines, NETWORKS, String.join(", ", before.networkTexts()), String.join(", ", networkTexts()));
        addDifference(lines, JOBS_PER_MINUTE, before.jobsPerMinute, jobsPerMinute);
        addDifference(lines, MAX_IN_FLIGHT, before.maxInFlight, maxInFlight);
        addDifference(lines, HOLD, before.holdText(), holdText());
        if (!Objects.equals(before.webhookUrl, webhookUrl)) {
            lines.add(line(WEBHOOK_URL, before.maskedWebhookUrl(), maskedWebhookUrl()));
        }
        return String.join("\n", lines);
    }

    private static void addDifference(
            List<String> lines, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            lines.add(line(name, before, after));
        }
    }

    private static String line(String name, @Nullable Object before, @Nullable Object after) {
        return name + ": " + shown(before) + " → " + shown(after);
    }

    private static Object shown(@Nullable Object value) {
        return value == null || value.equals("") ? "–" : value;
    }

    private static String text(Network network) {
        var bits = network.base().getAddress().length * 8;
        var address = network.base().getHostAddress();
        return network.prefix() == bits ? address : address + "/" + network.prefix();
    }

    private static @Nullable String note(@Nullable Object value) {
        var note = text(NOTE, value);
        if (note == null) {
            return null;
        }
        if (note.length() > LONGEST_NOTE) {
            throw new InvalidSettingException(NOTE, "note is longer than " + LONGEST_NOTE + " characters");
        }
        return note.replaceAll("\\p{Cntrl}+", " ");
    }

    private static List<Network> networks(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST_NETWORKS) {
            throw new InvalidSettingException(
                    NETWORKS, "networks must be a list of at most " + MOST_NETWORKS + " addresses or networks");
        }
        return list.stream().map(AppSettings::network).distinct().toList();
    }

    private static Network network(@Nullable Object value) {
        if (value instanceof String text) {
            try {
                return Network.of(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(NETWORKS, String.valueOf(e.getMessage()));
            }
        }
        throw new InvalidSettingException(NETWORKS, "networks must be a list of texts such as 10.0.0.0/8");
    }

    private static @Nullable Boolean hold(@Nullable Object value) {
        if (value == null || value.equals("")) {
            return null;
        }
        if (value.equals(YES) || value.equals(NO)) {
            return value.equals(YES);
        }
        throw new InvalidSettingException(HOLD, "hold must be \"yes\" or \"no\"");
    }

    private static @Nullable Integer number(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Integer jobs && jobs >= 1 && jobs <= MOST_JOBS) {
            return jobs;
        }
        throw new InvalidSettingException(name, name + " must be a whole number from 1 to " + MOST_JOBS);
    }

    private static @Nullable String webhookUrl(@Nullable Object value) {
        var text = text(WEBHOOK_URL, value);
        if (text != null && (text.length() > LONGEST_URL || !isWebAddress(text))) {
            throw new InvalidSettingException(
                    WEBHOOK_URL,
                    "webhook_url must be an http or https URL with a host and without user info, of at most "
                            + LONGEST_URL + " characters");
        }
        return text;
    }

    private static boolean isWebAddress(String text) {
        try {
            return HttpAddress.of(text).isAbsolute();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static @Nullable String text(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || !isStorable(text)) {
            throw new InvalidSettingException(name, name + " must be a text");
        }
        var stripped = text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    private static boolean isStorable(String text) {
        return StorableText.of(text).equals(text);
    }
}
