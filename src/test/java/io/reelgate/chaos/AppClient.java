package io.reelgate.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP to a replica; a POST is sent once and never again, and every way it can break is an {@link IOException}. */
final class AppClient {

    private static final String PATH = "/v1/video/generations";
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** An answer that came in full. */
    record Answer(int status, JsonNode body) {

        @Nullable
        String text(String pointer) {
            return body.at(pointer).asStringOpt().orElse(null);
        }
    }

    /**
     * Submits as this app.
     *
     * @param hold whether the job is to wait if it cannot be sent
     */
    Answer submit(
            int port,
            String app,
            String prompt,
            @Nullable String key,
            @Nullable String inbox,
            boolean hold,
            Duration patience)
            throws IOException {
        var body = "{\"model\":\"doubao-seedance-2-0-fast\",\"prompt\":\"%s\",\"seconds\":\"5\"}".formatted(prompt);
        var request = request(port, PATH, patience)
                .setHeader("X-Reelgate-App", app)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (inbox != null) {
            request.header("X-Reelgate-Webhook", inbox);
        }
        if (hold) {
            request.header("X-Reelgate-Hold", "yes");
        }
        return send(request);
    }

    Answer job(int port, String id) throws IOException {
        return send(request(port, PATH + "/" + id, SHORT));
    }

    /** The same, when the job has ended or a second is over. */
    Answer waitFor(int port, String id) throws IOException {
        return send(request(port, PATH + "/" + id, SHORT).header("Prefer", "wait=1"));
    }

    int status(int port, String path) throws IOException {
        return send(request(port, path, SHORT)).status();
    }

    Answer get(int port, String path) throws IOException {
        return send(request(port, path, Duration.ofSeconds(30)));
    }

    /** The film of this job, all of it. */
    byte[] film(int port, String id) throws IOException {
        try {
            var answer = http.send(
                    request(port, PATH + "/" + id + "/content", Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? answer.body() : new byte[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    Answer post(int port, String path, String body) throws IOException {
        return send(request(port, path, SHORT).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(int port, String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(patience)
                .header("X-Reelgate-App", "chaos");
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (JacksonException e) {
            throw new IOException("not JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
