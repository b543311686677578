package io.reelgate.web.tomcat;

import io.reelgate.net.Network;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * Tomcat's own connector, but for one rule: an address has at most half of all connections there may be, and what it opens
 * beyond is closed at once. A trusted proxy speaks for many, and has no such bound.
 *
 * <p>Tomcat makes it by its name, so whom it trusts is said afterwards.
 */
public final class FairConnections extends Http11NioProtocol {

    private final Endpoint endpoint;

    /** For Tomcat. */
    public FairConnections() {
        this(new Endpoint());
    }

    private FairConnections(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void trust(List<Network> proxies) {
        endpoint.trusted = proxies;
    }

    private static final class Endpoint extends NioEndpoint {

        private volatile List<Network> trusted = List.of();

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (hasTooMany(socket.socket().getInetAddress())) {
                destroySocket(socket);
                return false;
            }
            return super.setSocketOptions(socket);
        }

        private boolean hasTooMany(InetAddress address) {
            if (getMaxConnections() < 0 || trusted.stream().anyMatch(network -> network.contains(address))) {
                return false;
            }
            var name = address.getHostAddress();
            return connections.values().stream()
                            .filter(connection -> name.equals(connection.getRemoteAddr()))
                            .count()
                    >= Math.max(1, getMaxConnections() / 2);
        }
    }
}
