package io.reelgate.net;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Connections to addresses that strangers chose: only into allowed networks, one for each request, so that nobody's answer is
 * taken for another's; without a key, a proxy, cookies, or redirects that are followed.
 */
public final class GuardedConnections implements DisposableBean {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration DISPOSAL = Duration.ofSeconds(5);
    private static final int THREADS = 2;

    private final LoopResources threads;
    private final WebClient client;

    /**
     * Takes up nothing until the first request.
     *
     * @param name of its threads
     * @param allowed what may be connected to; what is not fails with a {@link ForbiddenAddressException}
     * @param longestSilence how long the other side may send nothing
     */
    public GuardedConnections(
            WebClient.Builder builder, String name, List<AddressRange> allowed, Duration longestSilence) {
        this(builder, name, allowed, _ -> false, longestSilence);
    }

    /** The same, and whatever is allowed, never to these addresses and ports. */
    public GuardedConnections(
            WebClient.Builder builder,
            String name,
            List<AddressRange> allowed,
            Predicate<InetSocketAddress> never,
            Duration longestSilence) {
        this(builder, name, allowed, never, longestSilence, null);
    }

    /** The same, and a test says what names lead to. */
    GuardedConnections(
            WebClient.Builder builder,
            String name,
            List<AddressRange> allowed,
            Predicate<InetSocketAddress> never,
            Duration longestSilence,
            @Nullable AddressResolverGroup<InetSocketAddress> names) {
        this.threads = LoopResources.create(name, THREADS, true);
        this.client = builder.clone()
                .clientConnector(
                        new ReactorClientHttpConnector(http(new AddressGuard(allowed, never), longestSilence, names)))
                .defaultHeaders(headers -> {
                    headers.set(HttpHeaders.USER_AGENT, "reelgate");
                    headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
                })
                .build();
    }

    /** The client; its calls may fail in any way that a network can. */
    public WebClient client() {
        return client;
    }

    @Override
    public void destroy() {
        threads.disposeLater(Duration.ZERO, DISPOSAL).onErrorComplete().block(DISPOSAL.multipliedBy(2));
    }

    private HttpClient http(
            AddressGuard guard, Duration longestSilence, @Nullable AddressResolverGroup<InetSocketAddress> names) {
        var http = HttpClient.create(ConnectionProvider.newConnection())
                .runOn(threads)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .noProxy()
                .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(guard))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .secure(tls -> tls.sslContext(Http11SslContextSpec.forClient()).handshakeTimeout(HANDSHAKE))
                .responseTimeout(longestSilence);
        return names == null
                ? http.resolver(system -> system.runOn(threads).queryTimeout(CONNECT))
                : http.resolver(names);
    }
}
