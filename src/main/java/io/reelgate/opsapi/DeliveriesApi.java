package io.reelgate.opsapi;

import io.reelgate.delivery.webhook.WebhookSecrets.AppSecret;
import io.reelgate.operations.Deliveries;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/deliveries}: webhooks, those to be sent again, and the secrets that apps check them with. */
@RestController
class DeliveriesApi {

    static final String PATH = "/ops/api/deliveries";
    static final String SECRET = "/ops/api/apps/{name}/webhook-secret";

    private final Deliveries deliveries;

    DeliveriesApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** How many are sent again. */
    record Redelivered(int deliveries) {}

    /**
     * An app's own.
     *
     * @param n how often it was rotated
     * @param previousUntil until when the one before signs too
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Secret(String secret, int n, @Nullable Instant previousUntil) {

        static Secret of(AppSecret secret) {
            return new Secret(secret.secret(), secret.n(), secret.previousUntil());
        }
    }

    @GetMapping(PATH)
    PageJson<DeliveryJson> list(
            @RequestParam(required = false) @Nullable String app,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = deliveries.list(app, state, cursor);
        return new PageJson<>(page.items().stream().map(DeliveryJson::of).toList(), page.next());
    }

    /** Answers with the delivery as it is then. */
    @PostMapping(PATH + "/{id}/redeliver")
    DeliveryJson redeliver(@PathVariable String id, Principal by) {
        return DeliveryJson.of(deliveries.redeliver(id, by.getName()));
    }

    @PostMapping(PATH + "/redeliver")
    Redelivered redeliverAll(
            @RequestParam(required = false) @Nullable String app,
            @RequestParam(required = false) @Nullable String since,
            Principal by) {
        return new Redelivered(deliveries.redeliverAll(app, since, by.getName()));
    }

    @GetMapping(SECRET)
    Secret secret(@PathVariable String name) {
        return Secret.of(deliveries.secret(name));
    }

    /**
     * Answers with the new one.
     *
     * @param n how often it was rotated before, so that it is not rotated twice by accident; 409 if that is not so
     */
    @PostMapping(SECRET + "/rotate")
    Secret rotate(@PathVariable String name, @RequestParam(required = false) @Nullable Integer n, Principal by) {
        return Secret.of(deliveries.rotateSecret(name, n, by.getName()));
    }
}
