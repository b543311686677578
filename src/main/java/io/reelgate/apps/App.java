package io.reelgate.apps;

import io.reelgate.net.Network;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A name that ops registered, and what they said of it. */
@Entity
class App {

    private static final String COMMA = ",";

    @Id
    private String name;

    private @Nullable String note;
    private @Nullable String networks;
    private @Nullable Integer jobsPerMinute;
    private @Nullable Integer maxInFlight;
    private @Nullable Boolean hold;
    private @Nullable String webhookUrl;
    private Instant createdAt;
    private Instant changedAt;
    private String changedBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected App() {}

    App(String name, AppSettings settings, String by, Instant at) {
        this.name = name;
        this.createdAt = at;
        this.changedAt = at;
        this.changedBy = by;
        assign(settings);
    }

    /** Ops replaced what they had said. */
    void change(AppSettings settings, String by, Instant at) {
        assign(settings);
        changedBy = by;
        changedAt = at;
    }

    private void assign(AppSettings settings) {
        note = settings.note();
        networks = settings.networks().isEmpty() ? null : String.join(COMMA, settings.networkTexts());
        jobsPerMinute = settings.jobsPerMinute();
        maxInFlight = settings.maxInFlight();
        hold = settings.hold();
        webhookUrl = settings.webhookUrl();
    }

    AppSettings settings() {
        return new AppSettings(
                note,
                networks == null
                        ? List.of()
                        : Stream.of(networks.split(COMMA)).map(Network::of).toList(),
                jobsPerMinute,
                maxInFlight,
                hold,
                webhookUrl);
    }

    RegisteredApp registered() {
        return new RegisteredApp(name, settings(), createdAt, changedAt, changedBy);
    }
}
