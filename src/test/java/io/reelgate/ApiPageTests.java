package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of the API is open to all, and brings all that it needs. */
@FullStackTest
class ApiPageTests {

    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    GatewayClient app;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        app = new GatewayClient(port);
    }

    @Test
    void isOpenToAllAndMayLoadNothingFromElsewhere() {
        var page = app.get("/docs", "Accept", "text/html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("http");
    }

    /** An address with the version of the viewer is wrong as soon as that has another. */
    @Test
    void findsEachOfItsFiles() {
        var files = FILE.matcher(app.get("/docs", "Accept", "text/html").http().body())
                .results()
                .map(file -> file.group(1))
                .toList();

        assertThat(files).hasSize(6).allSatisfy(file -> {
            assertThat(file).startsWith("/").doesNotStartWith("//");
            assertThat(app.get(file).status()).as(file).isEqualTo(200);
        });
    }

    /** They are kept for a year, so what changes needs another address. */
    @Test
    void givesItsOwnFilesAddressesThatGoByTheirContent() {
        assertThat(app.get("/docs", "Accept", "text/html").http().body())
                .containsPattern("/docs/assets/docs-[0-9a-f]{32}\\.js")
                .containsPattern("/docs/assets/docs-[0-9a-f]{32}\\.css");
    }
}
