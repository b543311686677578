package io.reelgate.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.reelgate.delivery.webhook.SecretRecord.Rotation;
import io.reelgate.net.AddressRange;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What we sign is what the standard's own library verifies. */
class SignatureTests {

    private static final String NOW = "a-secret-of-more-than-24-characters";
    private static final String BEFORE = "another-secret-of-more-than-24-characters";
    private static final String BODY = "{\"type\":\"video.completed\",\"prompt\":\"纸鸢\"}";

    @Test
    void theStandardsLibraryVerifiesIt() {
        assertThatCode(() -> verify(secrets(NOW, null).of("shop").secret(), header(secrets(NOW, null)), BODY))
                .doesNotThrowAnyException();
    }

    @Test
    void bothSecretsSignWhileOneFollowsTheOther() {
        var header = header(secrets(NOW, BEFORE));

        assertThat(header.split(" ", -1)).hasSize(2);
        assertThatCode(() -> verify(secrets(NOW, null).of("shop").secret(), header, BODY))
                .doesNotThrowAnyException();
        assertThatCode(() -> verify(secrets(BEFORE, null).of("shop").secret(), header, BODY))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherAppsSecretOrAnotherBodyDoesNotVerify() {
        var header = header(secrets(NOW, null));

        assertThatThrownBy(() -> verify(secrets(NOW, null).of("news").secret(), header, BODY))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secrets(NOW, null).of("shop").secret(), header, BODY + " "))
                .isInstanceOf(WebhookVerificationException.class);
        var keys = secrets(NOW, null).keys("shop");
        long time = Instant.now().getEpochSecond();
        assertThat(Signature.verifies(
                        keys, "v1,nonsense " + header(secrets(NOW, null)), "msg_1", time, BODY.getBytes(UTF_8)))
                .isTrue();
        assertThat(Signature.verifies(keys, header, "msg_2", time, BODY.getBytes(UTF_8)))
                .isFalse();
        assertThat(Signature.verifies(keys, "", "msg_1", time, BODY.getBytes(UTF_8)))
                .isFalse();
    }

    /** Fixed for ever: receivers hold these secrets. */
    @Test
    void anAppsSecretIsMadeOfTheGatewaysAndItsName() {
        assertThat(secrets(NOW, null).of("shop").secret())
                .isEqualTo("whsec_Hu4A/CTVzo6CizriiI2MR4AVGgZGR2EbDTvbO2ECRWg=");
    }

    @Test
    void aRotationMakesAnotherSecretBesideWhichTheOneBeforeSignsForADay() {
        var first = secrets(NOW, null).of("shop");
        var once = secrets(NOW, null, new Rotation(1, Instant.now()));
        var twice = secrets(NOW, null, new Rotation(2, null));

        assertThat(once.of("shop").secret())
                .isEqualTo("whsec_" + Base64.getEncoder().encodeToString(hmac(NOW, "webhook:shop:1")))
                .isNotEqualTo(first.secret());
        assertThat(header(once).split(" ", -1)).hasSize(2);
        assertThatCode(() -> verify(first.secret(), header(once), BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(once.of("shop").secret(), header(once), BODY))
                .doesNotThrowAnyException();
        assertThat(header(twice).split(" ", -1)).hasSize(1);
        assertThatThrownBy(() -> verify(once.of("shop").secret(), header(twice), BODY))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static byte[] hmac(String key, String text) {
        return Signature.hmac(key.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    private static String header(WebhookSecrets secrets) {
        return Signature.of(secrets.keys("shop"), "msg_1", Instant.now().getEpochSecond(), BODY.getBytes(UTF_8));
    }

    private static void verify(String secret, String header, String body) throws Exception {
        var time = String.valueOf(Instant.now().getEpochSecond());
        new Webhook(secret)
                .verify(
                        body,
                        HttpHeaders.of(
                                Map.of(
                                        "webhook-id", List.of("msg_1"),
                                        "webhook-timestamp", List.of(time),
                                        "webhook-signature", List.of(header)),
                                (_, _) -> true));
    }

    private static WebhookSecrets secrets(String secret, @Nullable String previous) {
        return secrets(secret, previous, Rotation.NONE);
    }

    private static WebhookSecrets secrets(String secret, @Nullable String previous, Rotation rotation) {
        SecretRecord record = mock();
        when(record.rotation(any(), any())).thenReturn(rotation);
        return new WebhookSecrets(
                record,
                new WebhookProperties(
                        secret,
                        previous,
                        List.of(AddressRange.of("private")),
                        Duration.ofSeconds(15),
                        List.of(Duration.ZERO),
                        32));
    }
}
