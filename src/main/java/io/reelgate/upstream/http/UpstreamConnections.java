package io.reelgate.upstream.http;

import io.netty.channel.ChannelOption;
import io.reelgate.upstream.UpstreamKey;
import io.reelgate.upstream.UpstreamProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.NettyPipeline;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The gateway's connections to the upstream: a pool for submissions, one for polls and one for films, so that none
 * starves another, and threads of their own, so that nobody else's shutdown cuts a submission off.
 */
public final class UpstreamConnections implements DisposableBean {

    private static final Duration STALLED_FILM = Duration.ofSeconds(30);
    private static final Duration DISPOSAL = Duration.ofSeconds(5);
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);

    private final UpstreamProperties properties;
    private final UpstreamKey key;
    private final WebClient.Builder builder;
    private final LoopResources threads = LoopResources.create("upstream", THREADS, true);
    private final List<ConnectionProvider> pools = new ArrayList<>();
    private final WebClient submissions;
    private final WebClient polls;
    private final WebClient films;

    public UpstreamConnections(WebClient.Builder builder, UpstreamProperties properties, UpstreamKey key) {
        this.properties = properties;
        this.key = key;
        this.builder = builder;
        this.submissions = client("submissions", properties.responseTimeout());
        this.polls = client("polls", null); // a poll has a time-out for all of it
        this.films = client("films", STALLED_FILM);
    }

    WebClient submissions() {
        return submissions;
    }

    WebClient polls() {
        return polls;
    }

    WebClient films() {
        return films;
    }

    @Override
    public void destroy() {
        pools.forEach(pool -> pool.disposeLater().onErrorComplete().block(DISPOSAL));
        threads.disposeLater(Duration.ZERO, DISPOSAL).onErrorComplete().block(DISPOSAL.multipliedBy(2));
    }

    private WebClient client(String name, @Nullable Duration longestSilence) {
        return builder.clone()
                .clientConnector(new ReactorClientHttpConnector(http(pool(name), longestSilence)))
                .defaultHeaders(headers -> {
                    headers.setBearerAuth(key.value());
                    headers.set(HttpHeaders.USER_AGENT, "reelgate");
                    headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
                })
                .build();
    }

    /** Last in, first out keeps few connections warm; the rest go idle and are closed before they can go stale. */
    private ConnectionProvider pool(String name) {
        var pool = ConnectionProvider.builder("upstream-" + name)
                .maxConnections(properties.maxConnections())
                .pendingAcquireMaxCount(2 * properties.maxConnections())
                .pendingAcquireTimeout(properties.connectTimeout())
                .maxIdleTime(properties.maxIdle())
                .evictInBackground(properties.maxIdle().dividedBy(2).plusMillis(1))
                .lifo()
                .build();
        pools.add(pool);
        return pool;
    }

    private HttpClient http(ConnectionProvider pool, @Nullable Duration longestSilence) {
        var connectTimeout = properties.connectTimeout();
        var http = HttpClient.create(pool)
                .runOn(threads)
                .protocol(HttpProtocol.HTTP11)
                // Reactor Netty's own retry after a reset would pay for a job twice.
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .doOnChannelInit((observer, channel, address) ->
                        channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new AnswerCodec()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .resolver(names -> names.runOn(threads).queryTimeout(connectTimeout))
                .responseTimeout(longestSilence);
        return "https".equalsIgnoreCase(properties.baseUrl().getScheme())
                ? http.secure(
                        tls -> tls.sslContext(Http11SslContextSpec.forClient()).handshakeTimeout(connectTimeout))
                : http;
    }
}
