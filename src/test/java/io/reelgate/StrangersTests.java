package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The console remembers nothing of who has not logged in, and makes no session for who logs in with each call. */
@FullStackTest
class StrangersTests {

    private static final List<String> PATHS = List.of(
            "/",
            "/ops",
            "/ops?window=7d",
            "/ops/",
            "/ops/login",
            "/ops/login?error&next=/ops/jobs",
            "/ops/login?lang=zh",
            "/ops/login/locked",
            "/ops/logout",
            "/ops/jobs?text=kite",
            "/ops/jobs?a=%25&" + "x".repeat(30_000),
            "/ops/jobs/rows?id=task_1",
            "/ops/jobs/task_1",
            "/ops/jobs/task_1/poll",
            "/ops/jobs.csv",
            "/ops/find?q=kite",
            "/ops/balance",
            "/ops/apps",
            "/ops/apps/shop",
            "/ops/apps/shop/webhook-secret",
            "/ops/deliveries",
            "/ops/pause?paused=true",
            "/ops/nothing",
            "/ops/assets/console.css",
            "/ops/api/jobs",
            "/ops/api/nothing",
            "/actuator",
            "/actuator/health",
            "/actuator/prometheus",
            "/v1/video/generations",
            "/v3/api-docs",
            "/docs",
            "/error",
            "/nothing");

    private static final List<String[]> CALLERS = List.of(
            new String[] {"Accept", "text/html"},
            new String[] {"Accept", "text/html", "Accept-Language", "zh-CN", "Cookie", "REELGATE_LANGUAGE=zh"},
            new String[] {"Accept", "text/html", "HX-Request", "true"},
            new String[] {"Accept", "text/html", "Cookie", "REELGATE_SESSION=0123456789ABCDEF0123456789ABCDEF"},
            new String[] {"Accept", "application/json"},
            new String[] {"Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded"});

    @Autowired
    ServletWebServerApplicationContext context;

    @Autowired
    GatewayClient client;

    int before;

    @BeforeEach
    void begin() {
        before = sessions();
    }

    @Test
    void getNoSessionWhateverTheyAskFor() {
        var answers = new AtomicInteger();
        for (var method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            for (var path : PATHS) {
                for (var caller : CALLERS) {
                    var body = method.equals("GET")
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofString("username=ops&a=b");
                    var answer =
                            client.send(client.request(path).headers(caller).method(method, body));
                    assertThat(answer.http().headers().allValues("Set-Cookie"))
                            .as("%s %s %s", method, path, List.of(caller))
                            .noneMatch(cookie -> cookie.startsWith("REELGATE_SESSION"));
                    answers.incrementAndGet();
                }
            }
        }
        assertThat(answers).hasValueGreaterThan(1_000);
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void getNoSessionByAWrongPassword() {
        for (var path : List.of("/ops", "/ops/login", "/ops/api/jobs", "/actuator/health")) {
            var answer = client.get(path, "Accept", "text/html", "Authorization", "Basic b3BzOndyb25n");
            assertThat(answer.http().headers().allValues("Set-Cookie"))
                    .noneMatch(cookie -> cookie.startsWith("REELGATE_SESSION"));
        }
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void getNoSessionForTheirPagesIfTheyLogInWithEachCall() {
        for (var path :
                List.of("/ops", "/ops/jobs", "/ops/balance", "/ops/jobs/task_none", "/ops/jobs.csv", "/ops/api/jobs")) {
            assertThat(client.ops(path).status()).isIn(200, 404);
        }
        assertThat(sessions()).isEqualTo(before);
    }

    /** A page longer than the server's buffer, with forms that need a token. */
    @Test
    void getAWholePageForALongSearchInChinese() {
        var answer = client.ops("/ops/jobs?text=" + "%E7%8C%AB".repeat(500));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().body())
                .contains("猫".repeat(500))
                .contains("name=\"_csrf\"")
                .endsWith("</html>\n");
    }

    private int sessions() {
        var tomcat =
                Objects.requireNonNull((TomcatWebServer) context.getWebServer()).getTomcat();
        return ((Context) tomcat.getHost().findChildren()[0]).getManager().getActiveSessions();
    }
}
