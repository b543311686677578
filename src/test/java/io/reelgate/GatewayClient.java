package io.reelgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a gateway as a company app does: plain HTTP, no key. */
public final class GatewayClient {

    public static final String PATH = "/v1/video/generations";

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    public GatewayClient(int port) {
        this.baseUrl = "http://127.0.0.1:" + port;
    }

    /** An answer as the app got it. */
    public record Answer(HttpResponse<String> http, JsonNode body) {

        public int status() {
            return http.statusCode();
        }

        public String id() {
            return body.path("id").asString();
        }

        public String text(String pointer) {
            return body.at(pointer).asString("");
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    /** A body with this prompt that the upstream would take. */
    public static String body(String prompt) {
        return "{\"model\":\"doubao-seedance-2-0-fast\",\"prompt\":\"%s\",\"seconds\":\"5\",\"size\":\"480x854\"}"
                .formatted(prompt);
    }

    public Answer submit(String body, String... headers) {
        return submit(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer submit(byte[] body, String... headers) {
        var request = request(PATH).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A submission that is not sent yet. */
    public HttpRequest requestOf(String body) {
        return request(PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    public Answer get(String path, String... headers) {
        var request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Answer job(String id) {
        return get(PATH + "/" + id);
    }

    /** A GET with the ops login. */
    public Answer ops(String path) {
        return send(request(path).header("Authorization", login()));
    }

    /** A POST of JSON with the ops login. */
    public Answer opsPost(String path, String body) {
        return send(request(path)
                .header("Authorization", login())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A PUT of JSON with the ops login. */
    public Answer opsPut(String path, String body) {
        return send(request(path)
                .header("Authorization", login())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    /** A DELETE with the ops login. */
    public Answer opsDelete(String path) {
        return send(request(path).header("Authorization", login()).DELETE());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofMinutes(2));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer, read(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(String body) {
        return body.startsWith("{") || body.startsWith("[") ? json.readTree(body) : json.createObjectNode();
    }

    private static String login() {
        return "Basic " + Base64.getEncoder().encodeToString("ops:test-ops".getBytes(StandardCharsets.UTF_8));
    }
}
