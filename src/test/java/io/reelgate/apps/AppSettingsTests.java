package io.reelgate.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelgate.net.Network;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppSettingsTests {

    @Test
    void takeBlankForLeftOut() {
        assertThat(AppSettings.of(Map.of("note", "  ", "networks", List.of(), "webhook_url", "")))
                .isEqualTo(AppSettings.of(Map.of()))
                .isEqualTo(AppSettings.NONE);
    }

    @Test
    void forgiveWhatAnAnswerSaysBeside() {
        assertThat(AppSettings.of(Map.of("name", "shop", "changed_by", "ops", "jobs_per_minute", 3))
                        .jobsPerMinute())
                .isEqualTo(3);
    }

    @Test
    void keepANoteOnOneLine() {
        assertThat(AppSettings.of(Map.of("note", "a\r\nb")).note()).isEqualTo("a b");
        assertWrong("note", "a".repeat(501));
        assertWrong("note", "a\u0000b");
    }

    @Test
    void haveAHundredNetworksAtMost() {
        assertWrong("networks", Collections.nCopies(101, "10.0.0.1"));
        assertThat(AppSettings.of(Map.of("networks", List.of("10.0.0.1", "10.0.0.1/32")))
                        .networks())
                .containsExactly(Network.of("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example.com/hook",
                "https:/hook",
                "https://",
                "https://shop.example.com:99999/",
                "https://shop.example.com:0/",
                "https://a@shop.example.com/",
                "javascript:alert(1)",
                "https://shop.example.com/a b",
                "file:///etc/passwd"
            })
    void takeNoOtherWebhookThanAWebAddress(String url) {
        assertWrong("webhook_url", url);
    }

    @Test
    void takeAWebAddress() {
        for (var url : List.of("http://10.1.2.3:8080/hook?a=b", "https://[fd00::1]/", "HTTPS://shop.example.com")) {
            assertThat(AppSettings.of(Map.of("webhook_url", url)).webhookUrl()).isEqualTo(url);
        }
        assertWrong("webhook_url", "https://shop.example.com/" + "a".repeat(2_000));
    }

    @Test
    void sayWhereAnAppIsReached() {
        var shop = AppSettings.of(Map.of("networks", List.of("10.1.0.0/16", "fd00::/8")));
        Apps apps = () -> Map.of("shop", shop);

        assertThat(apps.reaches("10.1.2.3", "shop")).isTrue();
        assertThat(apps.reaches("::ffff:10.1.2.3", "shop")).isTrue();
        assertThat(apps.reaches("fd00:0:0:0:0:0:0:1%eth0", "shop")).isTrue();
        assertThat(apps.reaches("10.2.2.3", "shop")).isFalse();
        assertThat(apps.reaches("nonsense", "shop")).isFalse();
        assertThat(apps.reaches("10.2.2.3", "other")).isTrue();
        assertThat(apps.reachesAll("10.1.2.3")).isTrue();
        assertThat(apps.reachesAll("10.2.2.3")).isFalse();
    }

    private static void assertWrong(String setting, Object value) {
        assertThatThrownBy(() -> AppSettings.of(Map.of(setting, value)))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        wrong -> assertThat(wrong.setting()).isEqualTo(setting));
    }
}
