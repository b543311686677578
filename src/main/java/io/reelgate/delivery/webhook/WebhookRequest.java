package io.reelgate.delivery.webhook;

import io.reelgate.delivery.StatusAnswers;
import io.reelgate.job.query.JobView;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the request of a delivery: from the record as it is now, since a link of the first try may have died by the last. */
@Component
class WebhookRequest {

    /** Which of a receiver's apps it is about, and so which secret it is signed with. */
    private static final String APP = "X-Reelgate-App";

    private final StatusAnswers answers;
    private final WebhookSecrets secrets;
    private final JsonMapper json;
    private final Clock clock;

    WebhookRequest(StatusAnswers answers, WebhookSecrets secrets, JsonMapper json, Clock clock) {
        this.answers = answers;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    /** The body, by Standard Webhooks. */
    record Event(String type, Instant timestamp, Object data) {}

    /** What goes out, as it is signed. */
    record Signed(URI address, HttpHeaders headers, byte[] body) {}

    Signed of(DeliveryTicket ticket, JobView job) {
        var ended = Objects.requireNonNullElse(job.finishedAt(), ticket.createdAt());
        var body = json.writeValueAsBytes(new Event(ticket.type(), ended, answers.of(job, ticket.baseUrl())));
        long timestamp = clock.instant().getEpochSecond();
        var headers = new HttpHeaders();
        headers.set(Signature.ID, ticket.id());
        headers.set(Signature.TIMESTAMP, String.valueOf(timestamp));
        headers.set(Signature.SIGNATURE, Signature.of(secrets.keys(ticket.app()), ticket.id(), timestamp, body));
        headers.set(APP, ticket.app());
        return new Signed(URI.create(ticket.url()), headers, body);
    }
}
