package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.http;
import static io.reelgate.upstream.ScriptedUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.SubmissionOutcome.Accepted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same over TLS, as it is spoken to every real upstream. */
class TlsTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @AfterEach
    void trustTheUsual() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n"})
    void eachSubmissionGetsItsOwnId(String interim) throws Exception {
        try (var upstream = new ScriptedUpstream(
                        (request, socket) -> {
                            write(socket, interim);
                            write(socket, http(200, "{\"id\":\"task_" + text(request.body()) + "\"}"));
                        },
                        server());
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= 3; job++) {
                assertThat(gateway.submit(String.valueOf(job).getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(new Accepted("task_" + job));
            }
            assertThat(upstream.opened).hasValue(1);
        }
    }

    @Test
    void aConnectionWithSomethingBehindTheAnswerIsNotKept() throws Exception {
        try (var upstream = new ScriptedUpstream(
                        (request, socket) -> {
                            var answer = http(200, "{\"id\":\"task_" + text(request.body()) + "\"}");
                            write(socket, answer + http(200, "{\"id\":\"task_ghost\"}"));
                        },
                        server());
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= 3; job++) {
                assertThat(gateway.submit(String.valueOf(job).getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(new Accepted("task_" + job));
            }
            assertThat(upstream.opened).hasValue(3);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ClientFixture gateway(ScriptedUpstream upstream) {
        return new ClientFixture(
                "https://127.0.0.1:" + upstream.address().getPort(),
                Map.of("max-connections", "1", "connect-timeout", "5s", "max-idle", "30s"));
    }

    /** A socket with a certificate of its own, which the gateway trusts from now on. */
    private ServerSocket server() throws IOException, GeneralSecurityException, InterruptedException {
        var file = directory.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "upstream",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var stream = Files.newInputStream(file)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
