package io.reelgate.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes a film's absolute URL, which carries its own end as those of the real upstream's object store do. */
@Component
@Profile("sandbox")
class FilmUrls {

    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SandboxProperties properties;

    FilmUrls(SandboxProperties properties) {
        this.properties = properties;
    }

    /** The URL of this task's film; its scheme and host are those of the request unless they are configured. */
    String of(SimulatedTask task, HttpServletRequest request) {
        var publicUrl = properties.publicUrl();
        var url = publicUrl == null
                ? ServletUriComponentsBuilder.fromContextPath(request)
                : UriComponentsBuilder.fromUri(publicUrl);
        return url.path("/sandbox/upstream/films/{task_id}.mp4")
                .queryParam("X-Tos-Algorithm", "TOS4-HMAC-SHA256")
                .queryParam("X-Tos-Date", SIGNED_AT.format(task.end()))
                .queryParam("X-Tos-Expires", task.urlLife().toSeconds())
                .queryParam("X-Tos-SignedHeaders", "host")
                .buildAndExpand(task.id())
                .toUriString();
    }
}
