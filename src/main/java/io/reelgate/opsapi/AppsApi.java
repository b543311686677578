package io.reelgate.opsapi;

import static org.springframework.http.HttpStatus.NO_CONTENT;

import io.reelgate.apps.AppChange;
import io.reelgate.apps.KnownApp;
import io.reelgate.operations.RegisteredApps;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/apps}: what is registered of the apps, and which were seen. */
@RestController
class AppsApi {

    static final String PATH = "/ops/api/apps";

    private final RegisteredApps apps;

    AppsApi(RegisteredApps apps) {
        this.apps = apps;
    }

    /** All that are registered or had a job accepted, by name. */
    record AppsJson(List<AppJson> items) {}

    /**
     * An app.
     *
     * @param registered whether ops said anything of it
     * @param networks where its name may be claimed; empty: from wherever {@code /v1} may be called
     * @param jobsPerMinute its own limit; {@code null}: the gateway's
     * @param maxInFlight how many of its jobs may be with the upstream at once; {@code null}: no limit of its own
     * @param hold {@code yes} or {@code no}; {@code null}: the gateway's setting
     * @param webhookUrl in a list without its query
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record AppJson(
            String name,
            boolean registered,
            @Nullable String note,
            List<String> networks,
            @Nullable Integer jobsPerMinute,
            @Nullable Integer maxInFlight,
            @Nullable String hold,
            @Nullable String webhookUrl,
            @Nullable Instant createdAt,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable Instant firstSeenAt,
            @Nullable Instant lastSeenAt) {

        static AppJson of(KnownApp app) {
            var registered = app.registered();
            var settings = registered == null ? null : registered.settings();
            return new AppJson(
                    app.name(),
                    registered != null,
                    settings == null ? null : settings.note(),
                    settings == null ? List.of() : settings.networkTexts(),
                    settings == null ? null : settings.jobsPerMinute(),
                    settings == null ? null : settings.maxInFlight(),
                    settings == null ? null : settings.holdText(),
                    settings == null ? null : settings.maskedWebhookUrl(),
                    registered == null ? null : registered.createdAt(),
                    registered == null ? null : registered.changedAt(),
                    registered == null ? null : registered.changedBy(),
                    app.firstSeenAt(),
                    app.lastSeenAt());
        }
    }

    /**
     * An app, and who changed what of it.
     *
     * @param changes the latest 50, the newest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record AppDetailJson(
            String name,
            boolean registered,
            @Nullable String note,
            List<String> networks,
            @Nullable Integer jobsPerMinute,
            @Nullable Integer maxInFlight,
            @Nullable String hold,
            @Nullable String webhookUrl,
            @Nullable Instant createdAt,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable Instant firstSeenAt,
            @Nullable Instant lastSeenAt,
            List<ChangeJson> changes) {

        static AppDetailJson of(KnownApp app, List<AppChange> changes) {
            var json = AppJson.of(app);
            var registered = app.registered();
            return new AppDetailJson(
                    json.name(),
                    json.registered(),
                    json.note(),
                    json.networks(),
                    json.jobsPerMinute(),
                    json.maxInFlight(),
                    json.hold(),
                    registered == null ? null : registered.settings().webhookUrl(),
                    json.createdAt(),
                    json.changedAt(),
                    json.changedBy(),
                    json.firstSeenAt(),
                    json.lastSeenAt(),
                    changes.stream().map(ChangeJson::of).toList());
        }
    }

    /**
     * A change of an app's settings.
     *
     * @param kind {@code registered}, {@code changed}, {@code removed} or {@code rotated}
     * @param detail a line for each setting that was another afterwards
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ChangeJson(String kind, String detail, Instant changedAt, String changedBy) {

        static ChangeJson of(AppChange change) {
            return new ChangeJson(change.kind(), change.detail(), change.changedAt(), change.changedBy());
        }
    }

    @GetMapping(PATH)
    AppsJson all() {
        return new AppsJson(apps.all().stream().map(AppJson::of).toList());
    }

    @GetMapping(PATH + "/{name}")
    AppDetailJson find(@PathVariable String name) {
        return AppDetailJson.of(apps.find(name), apps.changes(name));
    }

    /** A setting that is not sent is none afterwards; answers with the app as it is then. */
    @PutMapping(PATH + "/{name}")
    AppDetailJson put(@PathVariable String name, @RequestBody Map<String, @Nullable Object> settings, Principal by) {
        apps.put(name, settings, by.getName());
        return find(name);
    }

    @DeleteMapping(PATH + "/{name}")
    @ResponseStatus(NO_CONTENT)
    void remove(@PathVariable String name, Principal by) {
        apps.remove(name, by.getName());
    }
}
