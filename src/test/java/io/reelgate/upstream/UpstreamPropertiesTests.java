package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

/** Defaults, checks, and silence about the key. */
class UpstreamPropertiesTests {

    @Test
    void hasTheDefaultsOfTheDesign() {
        var properties = Fixtures.properties(Map.of());

        assertThat(properties.baseUrl()).hasToString("https://gogogotoken.com");
        assertThat(properties.apiKey()).isNull();
        assertThat(properties.queryPath()).isEqualTo("/v1/video/generations/{task_id}");
        assertThat(properties.contentPath()).isEqualTo("/v1/videos/{task_id}/content");
        assertThat(properties.models()).containsExactly("doubao-seedance-2-0", "doubao-seedance-2-0-fast");
        assertThat(properties.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(properties.responseTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(properties.pollTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.maxIdle()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example/, https://x.example/v1/video/generations",
        "https://x.example, https://x.example/v1/video/generations",
        "http://x.example:81/relay//, http://x.example:81/relay/v1/video/generations"
    })
    void toleratesASlashAtTheEndOfTheBaseUrl(String baseUrl, String submission) {
        assertThat(new UpstreamAddresses(Fixtures.properties(Map.of("base-url", baseUrl))).submission())
                .hasToString(submission);
    }

    @Test
    void encodesTheTaskIdInPaths() {
        var addresses = new UpstreamAddresses(Fixtures.properties(Map.of("base-url", "https://x.example")));

        assertThat(addresses.query("a/../b?c#d%"))
                .hasToString("https://x.example/v1/video/generations/a%2F..%2Fb%3Fc%23d%25");
        assertThat(addresses.content("任务")).hasToString("https://x.example/v1/videos/%E4%BB%BB%E5%8A%A1/content");
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, ftp://x.example",
        "base-url, x.example",
        "base-url, https://user:secret@x.example",
        "base-url, https://x.example?a=b",
        "query-path, v1/{task_id}",
        "query-path, /v1/tasks",
        "content-path, /v1/films",
        "connect-timeout, 0s",
        "response-timeout, -1s",
        "poll-timeout, 2h",
        "max-idle, 0s",
        "max-connections, 0",
        "max-answer-size, 1B",
        "models, ' '"
    })
    void refusesWhatCannotWork(String name, String value) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Fixtures.properties(Map.of(name, value)))
                .havingRootCause()
                .withMessageContaining("reelgate.upstream." + name)
                .satisfies(cause -> assertThat(cause.getMessage()).doesNotContain("secret"));
    }

    @Test
    void allowsTheModelsOfTheListOrAny() {
        assertThat(Fixtures.properties(Map.of("models", "a, b")).allows("b")).isTrue();
        assertThat(Fixtures.properties(Map.of("models", "a, b")).allows("c")).isFalse();
        assertThat(Fixtures.properties(Map.of("models", "*")).allows("c")).isTrue();
    }

    @Test
    void doesNotPrintTheKey() {
        assertThat(Fixtures.properties(Map.of("api-key", Fixtures.KEY)))
                .asString()
                .doesNotContain(Fixtures.KEY)
                .contains("[redacted]");
    }
}
