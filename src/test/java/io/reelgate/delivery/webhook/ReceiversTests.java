package io.reelgate.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.WebhookReceiver;
import io.reelgate.delivery.webhook.Attempt.Outcome;
import io.reelgate.net.AddressRange;
import io.reelgate.net.GuardedConnections;
import io.reelgate.net.HttpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.reactive.function.client.WebClient;

/** However an address is spelt, nobody is connected to who may not be. */
class ReceiversTests {

    private static final int SPELLINGS = 5_000;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final MockEnvironment environment = new MockEnvironment();
    private final WebhookProperties properties = new WebhookProperties(
            null, null, List.of(AddressRange.of("private")), Duration.ofSeconds(3), List.of(Duration.ZERO), 32);
    private final GuardedConnections connections = new GuardedConnections(
            WebClient.builder(),
            "webhooks-test",
            properties.allowedNetworks(),
            new OwnAddress(environment),
            properties.timeout());
    private final Receivers receivers = new Receivers(connections, properties);

    @AfterEach
    void end() {
        connections.destroy();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "127.1.2.3"})
    void loopbackIsNotAllowedUnlessSomebodyNamesIt(String host) {
        var attempt = post("http://" + host + ":" + receiver.port() + "/");

        assertThat(attempt.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(attempt.words()).contains("reelgate.webhook.allowed-networks");
        assertThat(receiver.requests()).isEmpty();
    }

    /** Decimal, octal, hexadecimal, shortened: whatever a resolver makes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001", "017700000001", "127.1", "0177.0.0.1", "127.0.0.1."})
    void otherSpellingsLeadNowhereEither(String host) {
        var attempt = post("http://" + host + ":" + receiver.port() + "/");

        assertThat(attempt.outcome()).isIn(Outcome.FORBIDDEN, Outcome.UNREACHABLE);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void noSpellingOfAForbiddenAddressIsConnectedTo() throws Exception {
        var random = new Random(42);
        var results = new ArrayList<Future<Attempt>>();
        int refused = 0;
        try (var threads = Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
            for (int i = 0; i < SPELLINGS; i++) {
                var text = spelling(random);
                try {
                    var address = HttpAddress.of(text);
                    results.add(
                            threads.submit(() -> receivers.post(address, new HttpHeaders(), new byte[] {'{', '}'})));
                } catch (IllegalArgumentException noAddress) {
                    refused++;
                }
            }
        }
        for (var result : results) {
            assertThat(result.get().outcome()).isIn(Outcome.FORBIDDEN, Outcome.UNREACHABLE);
        }
        assertThat(receiver.requests()).isEmpty();
        assertThat(refused).isPositive();
        assertThat(results).hasSizeGreaterThan(SPELLINGS / 2);
    }

    @Test
    void theGatewayItselfIsNotCalledAtAnyOfItsAddresses() {
        var own = new OwnAddress(environment.withProperty("local.server.port", String.valueOf(receiver.port())));
        var addresses = new ArrayList<InetAddress>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(addresses::add);
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }

        assertThat(addresses).allSatisfy(address -> {
            assertThat(own.test(new InetSocketAddress(address, receiver.port())))
                    .isEqualTo(!address.isLoopbackAddress());
            assertThat(own.test(new InetSocketAddress(address, receiver.port() + 1)))
                    .isFalse();
        });
    }

    private Attempt post(String url) {
        return receivers.post(URI.create(url), new HttpHeaders(), new byte[] {'{', '}'});
    }

    private String spelling(Random random) {
        var scheme = pick(random, "http", "HTTP", "http", "https");
        var user = random.nextInt(10) == 0 ? pick(random, "a@", "a:b@", "10.0.0.1@", "%40@") : "";
        var port = pick(random, ":" + receiver.port(), ":" + receiver.port(), ":0" + receiver.port(), "");
        var path = pick(random, "/", "", "/hook", "?a=http://10.0.0.1/", "/%2e%2e/", "//10.0.0.1/");
        return scheme + "://" + user + host(random) + port + path;
    }

    /** Names that a server would have to be asked for are few, since that takes its time. */
    private static String host(Random random) {
        int a = random.nextInt(256);
        int b = random.nextInt(256);
        int c = random.nextInt(256);
        return switch (random.nextInt(16)) {
            case 0 -> "127.%d.%d.%d".formatted(a, b, c);
            case 1 -> "169.254.%d.%d".formatted(a, b);
            case 2 -> "[::ffff:127.0.%d.%d]".formatted(a, b);
            case 3 -> "[::ffff:7f00:%x]".formatted(a);
            case 4 -> "[fe80::%x:%x]".formatted(a, b);
            case 5 -> "[0:0:0:0:0:0:0:1]";
            case 6 -> "[::127.0.0.1]";
            case 7 -> "[64:ff9b::7f00:1]";
            case 8 -> "[2002:7f00:1::%x]".formatted(a);
            case 9 -> "0.%d.%d.%d".formatted(a, b, c);
            case 10 -> pick(random, "localhost", "LOCALHOST", "LocalHost", "127.0.0.1");
            case 11 -> "%d.%d.%d.%d".formatted(224 + a % 32, a, b, c);
            case 12 -> "[ff02::%x]".formatted(a);
            case 13 -> "[::%x]".formatted(random.nextInt(2));
            case 14 -> random.nextInt(20) > 0 ? "[::1]" : pick(random, "2130706433", "0x7f000001", "127.1", "0177.1");
            default ->
                pick(random, "127.0.0.1%00", "[::1%25lo]", "[127.0.0.1]", "127.0.0.1#", "\\127.0.0.1", "１２７.0.0.1");
        };
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
