package io.reelgate.delivery.webhook;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;
import org.springframework.core.env.Environment;

/**
 * Where this gateway listens itself: a webhook there would be a request of a stranger's with the gateway's own rights. Loopback is not
 * meant, which only who tries things out on one machine allows; there {@code webhook-id} keeps it out of {@code /v1}.
 */
final class OwnAddress implements Predicate<InetSocketAddress> {

    private final Environment environment;

    OwnAddress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean test(InetSocketAddress address) {
        var port = environment.getProperty("local.server.port", Integer.class);
        try {
            return port != null
                    && address.getPort() == port
                    && !address.getAddress().isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address.getAddress()) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
