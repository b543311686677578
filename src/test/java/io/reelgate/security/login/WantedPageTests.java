package io.reelgate.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class WantedPageTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ops/jobs",
                "/ops?window=7d",
                "/ops/jobs/task_018f0000000070008000000000000000",
                "/ops/jobs?text=%E7%8C%AB&app=a+b%2Bc&from=2026-07-20T08:00:00Z",
                "/ops/jobs?next=//evil.example",
                "/ops/quota?"
            })
    void bringsAPageOfTheConsoleThere(String address) {
        var carried = WantedPage.parse(address).login("error");

        assertThat(carried).startsWith("/ops/login?error&next=/ops");
        assertThat(WantedPage.parse(arrived(carried)).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "ops",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "/\t/evil.example",
                " /ops/jobs",
                "https://evil.example/ops",
                "https:/ops",
                "javascript:alert(1)",
                "//evil.example/ops/jobs",
                "/ops@evil.example",
                "/ops:80@evil.example",
                "/ops.evil.example",
                "/opsx",
                "/OPS",
                "/v1/video/generations",
                "/ops//evil.example",
                "/ops/.",
                "/ops/..",
                "/ops/../v1",
                "/ops/jobs/../../..//evil.example",
                "/ops/%2e%2e/v1",
                "/ops/%2f%2fevil.example",
                "/ops/%5cevil.example",
                "/ops/..%2f..%2f/evil.example",
                "/ops/..;/v1",
                "/ops;/evil.example",
                "/ops\\..\\v1",
                "/ops/jobs#a",
                "/ops/jobs?a=b#c",
                "/ops/jobs?a=<b>",
                "/ops/jobs?a=\"b",
                "/ops/jobs?a=b\\c",
                "/ops/jobs?a=b c",
                "/ops/jobs?a=\u732b",
                "/ops/jobs\r\nSet-Cookie: a=b",
                "/ops/jobs?a=b\r\nSet-Cookie: a=b",
                "/ops/jobs?a=b\nX: y",
                "/ops/jobs\u0000",
                "/ops/jobs?\u2028",
                "/ops/\u202ejobs",
                "/ops/login",
                "/ops/login?next=/ops/login",
                "/ops/logout",
                "/ops/api/jobs",
                "/ops/assets/console.js"
            })
    void takesAnythingElseForTheOverview(String address) {
        var page = WantedPage.parse(address);

        assertThat(page.address()).isEqualTo("/ops");
        assertThat(page.login("")).isEqualTo("/ops/login");
        assertThat(page.login("error")).isEqualTo("/ops/login?error");
    }

    @Test
    void takesNothingForTheOverview() {
        assertThat(WantedPage.parse(null)).isEqualTo(WantedPage.HOME);
        assertThat(WantedPage.parse("/ops").login("")).isEqualTo("/ops/login");
    }

    /** The longest search that the console knows, and a filter besides. */
    @Test
    void hasRoomForALongSearchInChinese() {
        var address =
                "/ops/jobs?text=" + "%E7%8C%AB".repeat(1_000) + "&app=shop&status=queued&from=2026-07-20T08:00:00Z";

        var carried = WantedPage.of(get(address)).login("expired");

        assertThat(carried).hasSizeLessThan(17_000);
        assertThat(WantedPage.parse(arrived(carried)).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"/ops/jobs?a=, 30000, /ops/jobs", "/ops/jobs?a=%26, 6000, /ops/jobs", "/ops/, 30000, /ops"})
    void leavesOutWhatIsTooLongToBeCarriedAlong(String start, int length, String kept) {
        var address = start + (start.endsWith("%26") ? "%26".repeat(length) : "a".repeat(length));

        assertThat(WantedPage.of(get(address)).address()).isEqualTo(kept);
        assertThat(WantedPage.parse(address).address()).isEqualTo("/ops");
    }

    @Test
    void comesBackToNothingThatChangesSomething() {
        assertThat(WantedPage.of(new MockHttpServletRequest("POST", "/ops/pause")))
                .isEqualTo(WantedPage.HOME);
    }

    /** Whatever was asked for, the answer's head holds one line of visible characters that leads to this host. */
    @Test
    void fitsIntoAHeaderWhateverItIs() {
        for (char c = 0; c < 0x3000; c++) {
            for (var address :
                    new String[] {"/ops" + c, "/ops/" + c, "/ops/jobs?a=" + c, c + "/ops", "/" + c + "evil.example"}) {
                var page = WantedPage.parse(address);
                assertThat(page.address()).matches("/ops[!-~]*");
                assertThat(page.login("error")).matches("/ops/login\\?error[!-~]*");
                assertThat(URI.create("http://here/ops/login")
                                .resolve(page.address().replace("%", "%25")))
                        .hasHost("here")
                        .asString()
                        .startsWith("http://here/ops");
            }
        }
    }

    private static MockHttpServletRequest get(String address) {
        var question = address.indexOf('?');
        var request = new MockHttpServletRequest("GET", question < 0 ? address : address.substring(0, question));
        request.setQueryString(question < 0 ? null : address.substring(question + 1));
        return request;
    }

    private static String arrived(String login) {
        return URLDecoder.decode(login.substring(login.indexOf("next=") + 5), StandardCharsets.UTF_8);
    }
}
