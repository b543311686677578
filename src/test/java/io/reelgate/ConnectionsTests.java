package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Connections that only stand there, with headers that never end: one address cannot have them all. */
@FullStackTest
@TestPropertySource(properties = "server.tomcat.max-connections=20")
class ConnectionsTests {

    @Test
    void oneAddressLeavesHalfOfThemToOthers(@LocalServerPort int port) throws IOException {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 10; i++) {
                open.add(from("127.0.0.2", port));
            }
            await().until(() -> !isTaken("127.0.0.2", port));

            for (int i = 0; i < 20; i++) {
                assertThat(isTaken("127.0.0.2", port)).isFalse();
            }
            assertThat(new GatewayClient(port).get(GatewayClient.PATH).status()).isEqualTo(200);
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
        await().until(() -> isTaken("127.0.0.2", port)); // once it has let go of some
    }

    private static Socket from(String address, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(500);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Whether another connection from there stays open. */
    private static boolean isTaken(String address, int port) {
        try (var socket = from(address, port)) {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException stillOpen) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
