package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whether the page of the API shows the API, under its own policy and with no request to anywhere else. */
@ConsoleTest
class ApiPageInABrowserTests {

    @Test
    void showsTheApiAndAsksNobodyElse(Visitors visitors, @LocalServerPort int port) {
        List<String> asked = new CopyOnWriteArrayList<>();
        Page page = visitors.anybody(_ -> {});
        page.onRequest((Request request) -> asked.add(request.url()));

        page.navigate("/docs");
        page.getByText("Submit a job, in the upstream's own format").click();

        assertThat(page.locator("body")).containsText("insufficient_quota");
        assertThat(page.locator("body")).containsText("What the film shows");
        assertThat(page.getByText("Try it out")).hasCount(0);
        assertThat(page.getByText("Authorize")).not().isVisible();
        assertThat(asked)
                .hasSizeGreaterThan(5)
                .allMatch(url -> url.startsWith("http://127.0.0.1:" + port + "/") || url.startsWith("data:"));
    }
}
