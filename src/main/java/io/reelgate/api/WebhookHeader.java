package io.reelgate.api;

import io.reelgate.apps.Apps;
import io.reelgate.job.Webhook;
import io.reelgate.net.HttpAddress;
import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where an app is told of the end of its job: as {@code X-Reelgate-Webhook} says, or else as ops have registered for it. */
@Component
public class WebhookHeader {

    public static final String NAME = "X-Reelgate-Webhook";

    private final Apps apps;
    private final @Nullable String publicUrl;

    WebhookHeader(Apps apps, PublicUrlProperties properties) {
        this.apps = apps;
        this.publicUrl = properties.publicUrl() == null
                ? null
                : properties.publicUrl().toString().replaceFirst("/+$", "");
    }

    /** Where this app is told; {@code null} if nowhere; throws a 400 for a header that is no address to be told at. */
    public @Nullable Webhook of(String app, HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            var settings = apps.of(app);
            return settings == null || settings.webhookUrl() == null
                    ? null
                    : webhook(URI.create(settings.webhookUrl()), request);
        }
        if (values.size() > 1) {
            throw AppError.invalid(NAME, NAME + " must be one address");
        }
        return webhook(parse(values.getFirst().strip()), request);
    }

    private Webhook webhook(URI address, HttpServletRequest request) {
        return new Webhook(address.toString(), HttpAddress.origin(address), baseUrl(request), Duration.ZERO);
    }

    private static URI parse(String value) {
        try {
            return HttpAddress.of(value);
        } catch (IllegalArgumentException e) {
            throw AppError.invalid(
                    NAME,
                    NAME + " " + e.getMessage()
                            + "; it must be an http or https address with a host, without a user, of at most 2,000"
                            + " characters");
        }
    }

    private String baseUrl(HttpServletRequest request) {
        return publicUrl != null
                ? publicUrl
                : ServletUriComponentsBuilder.fromContextPath(request).toUriString();
    }
}
