package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.reelgate.GatewayClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ops say of an app in the console. */
@ConsoleTest
class AppsPageTests {

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    @AfterEach
    void forget() {
        app.opsDelete("/ops/api/apps/shop");
        jdbc.sql("truncate app_seen, app_change").update();
    }

    @Test
    void registersAnAppChangesItAndForgetsIt(Visitors visitors) {
        var page = visitors.ops();
        page.click("nav >> text=Apps");
        page.fill("#register-name", "shop");
        page.click("#register button");
        assertThat(page).hasURL(Pattern.compile("/ops/apps/shop$"));

        page.fill("#note", "the web shop");
        page.fill("#networks", "10.1.0.0/16\nfd00::/8");
        page.fill("#jobs-per-minute", "30");
        page.click("#save");
        assertThat(page.locator("[role=status].done")).hasText("The settings are saved.");
        assertThat(page.locator("#jobs-per-minute")).hasValue("30");
        assertThat(page.locator(".timeline li")).containsText("by ops");
        assertThat(page.locator(".timeline li")).containsText("jobs_per_minute: – → 30");

        page.click("nav >> text=Apps");
        assertThat(page.locator("tr:has(#app-shop)")).containsText("10.1.0.0/16");
        page.click("#app-shop");

        page.click("#open-remove");
        page.click("dialog[open] button[type=submit]");
        assertThat(page.locator("[role=status].done")).hasText("shop is not registered any more.");
        assertThat(page.locator("#app-shop")).hasCount(0);
    }

    @Test
    void saysAtTheFieldWhatIsWrongAndKeepsWhatWasTyped(Visitors visitors) {
        visitors.expect("400");
        var page = visitors.ops();
        page.navigate("/ops/apps/shop");
        page.fill("#note", "the web shop");
        page.fill("#networks", "10.1.0.0/64");
        page.click("#save");

        assertThat(page.locator("#networks-wrong")).containsText("an address or a network");
        assertThat(page.locator("#networks")).hasValue("10.1.0.0/64");
        assertThat(page.locator("#note")).hasValue("the web shop");
        page.fill("#networks", "");
        page.fill("#jobs-per-minute", "many");
        page.click("#save");
        assertThat(page.locator("#jobs-per-minute-wrong")).isVisible();
        assertThat(page.locator("#networks-wrong")).hasCount(0);

        page.navigate("/ops/apps?name=a%20b");
        assertThat(page.locator("#register-wrong")).containsText("1 to 64");
        assertThat(page.locator("#register-name")).hasValue("a b");
    }

    @Test
    void speaksChinese(Visitors visitors) {
        var page = visitors.ops();
        page.navigate("/ops/apps?lang=zh");
        assertThat(page.locator("h1")).hasText("应用");
        page.navigate("/ops/apps/shop");
        assertThat(page.locator("#settings-title")).hasText("设置");
        page.click("#save");
        assertThat(page.locator("[role=status].done")).hasText("设置已保存。");
    }
}
