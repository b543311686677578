package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.newapi.SnapshotReader;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Which addresses of films are links for apps: in a task's answer, and in a redirect from the content path. */
class LinkRuleTests {

    private static final String RELAY = "https://gogogotoken.com";
    private static final String SANDBOX = "http://127.0.0.1:8080/sandbox/upstream";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the upstream's own API, however its address is written
                "https://gogogotoken.com/v1/videos/task_1/content",
                "https://gogogotoken.com/v1/videos/task_1/content?variant=video",
                "https://gogogotoken.com/v1/videos/task_1/content?Expires=1800000000",
                "https://gogogotoken.com/v1/tasks/task_1/artifacts/0",
                "https://gogogotoken.com/v1/tasks/task_1/artifacts/0?x=y#z",
                "https://GoGoGoToken.COM/v1/files/f",
                "https://gogogotoken.com:443/v1/files/f",
                "https://gogogotoken.com./v1/files/f",
                "http://gogogotoken.com/v1/files/f",
                "http://gogogotoken.com:80/v1/files/f",
                "https://gogogotoken.com//v1/files/f",
                "https://gogogotoken.com/./v1/files/f",
                "https://gogogotoken.com/films/../v1/files/f",
                "https://gogogotoken.com/%76%31/files/f",
                // a content path of any host, which is that of a relay behind the upstream
                "https://elsewhere.example/v1/videos/task_1/content",
                "https://elsewhere.example/v1/videos/task_1/content?variant=video",
                "https://elsewhere.example/api/v1/videos/task_1/content/",
                // a server that does not know its own address
                "http://localhost:3000/v1/videos/task_1/content",
                "http://localhost:3000/films/f.mp4",
                "http://LOCALHOST/films/f.mp4",
                "http://localhost./films/f.mp4",
                "http://relay.localhost/films/f.mp4",
                "http://127.0.0.1/f.mp4",
                "http://127.8.9.10:3000/f.mp4",
                "http://[::1]:3000/f.mp4",
                "http://[0:0:0:0:0:0:0:1]/f.mp4",
                "http://[::ffff:127.0.0.1]/f.mp4",
                "http://0.0.0.0:3000/f.mp4",
                "http://[::]/f.mp4"
            })
    void whatOnlyTheKeyOrTheUpstreamItselfCanOpenIsNoLink(String address) throws Exception {
        assertThat(linkOf(address, RELAY)).isNull();
        assertThat(linkOf(address, "HTTPS://GOGOGOTOKEN.COM:443/")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cdn.example.com/f.mp4",
                "https://cdn.example.com/v1/files/f.mp4?X-Tos-Expires=86400",
                "https://cdn.example.com/v1/videos/task_1/content?X-Tos-Date=20260731T120000Z&X-Tos-Expires=86400",
                "https://gogogotoken.com/films/f.mp4",
                "https://gogogotoken.com/v10/f.mp4",
                "https://gogogotoken.com/films/v1/f.mp4",
                "https://gogogotoken.com:8443/v1/f.mp4",
                "https://gogogotoken.com.cdn.example/v1/f.mp4",
                "https://cdn.gogogotoken.com/v1/f.mp4",
                "https://localhost.example.com/f.mp4",
                "http://10.0.0.7/f.mp4",
                "http://128.0.0.1/f.mp4"
            })
    void whatAnybodyCanOpenIsALink(String address) throws Exception {
        assertThat(linkOf(address, RELAY)).isEqualTo(address);
    }

    /** There the films lie beside the API. */
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/sandbox/upstream/films/task_1.mp4?X-Tos-Expires=86400, true",
        "http://127.0.0.1:8080/films/task_1.mp4, true",
        "http://localhost:8080/films/task_1.mp4, true",
        "http://127.0.0.1:9000/v1/f.mp4, true",
        "http://127.0.0.1:8080/sandbox/upstream/v1/tasks/f, false",
        "http://localhost:8080/sandbox/upstream/v1/tasks/f, false",
        "http://[::1]:8080/v1/tasks/f, false",
        "http://127.0.0.1:8080/sandbox/upstream/v1/videos/task_1/content?a=b, false",
        "https://reelgate.example.com/sandbox/upstream/films/task_1.mp4, true"
    })
    void anUpstreamOnThisMachineMayNameIt(String address, boolean link) throws Exception {
        assertThat(linkOf(address, SANDBOX)).isEqualTo(link ? address : null);
    }

    @Test
    void theApiIsWhereTheBaseUrlSays() throws Exception {
        var base = "https://relay.example:8443/gateway";
        assertThat(linkOf("https://relay.example:8443/gateway/v1/tasks/f", base))
                .isNull();
        assertThat(linkOf("https://relay.example:8443/v1/tasks/f", base)).isNull();
        assertThat(linkOf("https://relay.example:8443/gateway/films/f", base)).isNotNull();
        assertThat(linkOf("https://relay.example/gateway/v1/tasks/f", base)).isNotNull();
    }

    /** Wherever it is configured to be. */
    @Test
    void theContentPathNeedsTheKey() throws Exception {
        var settings = Map.of("base-url", RELAY, "content-path", "/films/{task_id}/download");

        assertThat(linkOf("https://gogogotoken.com/films/task_1/download?Expires=1800000000", settings))
                .isNull();
        assertThat(linkOf("https://gogogotoken.com/films/task_1/f.mp4", settings))
                .isNotNull();
        assertThat(linkOf("https://cdn.example.com/films/task_1/download", settings))
                .isNull();
        assertThat(linkOf("https://cdn.example.com/films/task_1/download?Expires=1800000000", settings))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tasks/task_1/artifacts/0",
                "/v1/videos/task_1/content?variant=video",
                "//127.0.0.1:%d/v1/files/f",
                "http://localhost:%d/v1/files/f",
                "https://elsewhere.example/v1/videos/task_1/content?x=y"
            })
    void aRedirectToWhatOnlyTheKeyOpensIsNoLinkEither(String location) throws Exception {
        var port = new int[1];
        try (var upstream = new ScriptedUpstream(
                        (request, socket) -> answering(302, "", "Location: " + location.formatted(port[0]))
                                .run(request, socket));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            port[0] = upstream.address().getPort();
            assertThat(gateway.film("task_1")).isInstanceOf(VideoContent.Unavailable.class);
            assertThat(upstream.ledger).hasSize(1);
        }
    }

    @Test
    void aRedirectToAFilmBesideTheApiIsALink() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(302, "", "Location: /films/f.mp4"));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.film("task_1"))
                    .isEqualTo(new VideoContent.Elsewhere(URI.create(upstream.address() + "/films/f.mp4")));
        }
    }

    private static @Nullable String linkOf(String address, String baseUrl) throws Exception {
        return linkOf(address, Map.of("base-url", baseUrl));
    }

    private static @Nullable String linkOf(String address, Map<String, String> settings) throws Exception {
        var snapshots = new SnapshotReader(
                Fixtures.redactor(), Fixtures.errors(), new UpstreamAddresses(Fixtures.properties(settings)));
        var answer = JsonMapper.shared().readTree("{\"status\":\"completed\",\"url\":\"" + address + "\"}");
        return Objects.requireNonNull(snapshots.read(answer)).url();
    }
}
