package io.reelgate.api;

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

/** Reads {@code X-Reelgate-Webhook}: where an app wants to be told of the end of its job. */
@Component
public class WebhookHeader {

    public static final String NAME = "X-Reelgate-Webhook";

    private final @Nullable String publicUrl;

    WebhookHeader(PublicUrlProperties properties) {
        this.publicUrl = properties.publicUrl() == null
                ? null
                : properties.publicUrl().toString().replaceFirst("/+$", "");
    }

    /** The wish; {@code null} without the header; throws a 400 for what is no address to be told at. */
    public @Nullable Webhook of(HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw AppError.invalid(NAME, NAME + " must be one address");
        }
        var address = parse(values.getFirst().strip());
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
