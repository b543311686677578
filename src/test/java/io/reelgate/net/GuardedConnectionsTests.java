package io.reelgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.reelgate.MediaServer;
import io.reelgate.MediaServer.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;

class GuardedConnectionsTests {

    final MediaServer server = new MediaServer();

    @AfterEach
    void end() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"})
    void noSpellingOfAnAddressThatIsNotAllowedIsConnectedTo(String host) {
        server.serve("/", Reply.film(new byte[] {1}));

        var failure = catchThrowable(() -> get("public", server.url("/").replace("127.0.0.1", host)));

        assertThat(failure).isNotNull();
        assertThat(server.gets("/")).isZero();
    }

    @Test
    void theFailureSaysWhichAddressItWas() {
        var failure = catchThrowable(() -> get("public", server.url("/").replace("127.0.0.1", "localhost")));

        assertThat(ForbiddenAddressException.in(failure))
                .hasMessageContaining("not in the allowed networks")
                .hasMessageMatching(".*(127\\.0\\.0\\.1|0:0:1).*");
    }

    @Test
    void anAllowedAddressIsConnectedTo() {
        server.serve("/", Reply.of(200, "text/plain", "hello".getBytes()));

        assertThat(get("loopback", server.url("/"))).isEqualTo("hello");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.serve("/", Reply.redirect(server.url("/else")));

        get("loopback", server.url("/"));

        assertThat(server.gets("/else")).isZero();
    }

    /** Both listen at this port; only one may be connected to, whichever the name gives first. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1 127.0.0.2", "127.0.0.2 127.0.0.1", "127.0.0.2 127.0.0.1 127.0.0.2"})
    void ofANamesAddressesOnlyTheAllowedOnesAreConnectedTo(String addresses) throws Exception {
        server.serve("/", Reply.of(200, "text/plain", "hello".getBytes()));
        var url = URI.create(server.url("/"));
        try (var forbidden = new ServerSocket(url.getPort(), 10, InetAddress.ofLiteral("127.0.0.2"))) {
            var answer = get("127.0.0.1", named(url), Names.always(addresses.split(" ")));

            assertThat(answer).isEqualTo("hello");
            forbidden.setSoTimeout(200);
            assertThatThrownBy(forbidden::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** It was looked up and found good; a moment later it leads elsewhere. */
    @Test
    void aNameThatLeadsElsewhereTheSecondTimeGainsNothing() throws Exception {
        server.serve("/", Reply.of(200, "text/plain", "hello".getBytes()));
        var url = URI.create(server.url("/"));
        try (var forbidden = new ServerSocket(url.getPort(), 10, InetAddress.ofLiteral("127.0.0.2"))) {
            var names = new Names(number -> List.of(number == 1 ? "127.0.0.1" : "127.0.0.2"));

            assertThat(get("127.0.0.1", named(url), names)).isEqualTo("hello");
            var failure = catchThrowable(() -> get("127.0.0.1", named(url), names));

            assertThat(ForbiddenAddressException.in(failure)).hasMessageContaining("127.0.0.2");
            forbidden.setSoTimeout(200);
            assertThatThrownBy(forbidden::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static String named(URI url) {
        return "http://receiver.example:" + url.getPort() + "/";
    }

    /** What a name leads to, by the number of the look-up. */
    private static final class Names extends AddressResolverGroup<InetSocketAddress> {

        private final AtomicInteger lookUps = new AtomicInteger();
        private final IntFunction<List<String>> addresses;

        Names(IntFunction<List<String>> addresses) {
            this.addresses = addresses;
        }

        static Names always(String... addresses) {
            return new Names(_ -> List.of(addresses));
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetNameResolver(executor) {
                @Override
                protected void doResolve(String name, Promise<InetAddress> promise) {
                    promise.setSuccess(all().getFirst());
                }

                @Override
                protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                    promise.setSuccess(all());
                }

                private List<InetAddress> all() {
                    return addresses.apply(lookUps.incrementAndGet()).stream()
                            .map(InetAddress::ofLiteral)
                            .toList();
                }
            }.asAddressResolver();
        }
    }

    private static String get(String allowed, String url) {
        return get(allowed, url, null);
    }

    private static String get(String allowed, String url, @Nullable Names names) {
        var connections = new GuardedConnections(
                WebClient.builder(),
                "test",
                List.of(AddressRange.of(allowed)),
                _ -> false,
                Duration.ofSeconds(5),
                names);
        try {
            return String.valueOf(connections
                    .client()
                    .get()
                    .uri(url)
                    .retrieve()
                    .bodyToMono(String.class)
                    .block(Duration.ofSeconds(20)));
        } finally {
            connections.destroy();
        }
    }
}
