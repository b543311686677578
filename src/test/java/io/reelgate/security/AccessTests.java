package io.reelgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.security.login.FailedLogins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

/** Who may call what, over real HTTP. */
@AccessTest
class AccessTests {

    private static final String OPS = basic("ops", "s3cret");
    private static final String WRONG = basic("ops", "wrong");
    private static final String JSON = "application/json";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    HeldSleeper sleeper;

    @Autowired
    SeenSessions sessions;

    @Nested
    class RequestIds {

        @Test
        void keepsASaneOne() {
            var answer = get("/v1/jobs", "X-Request-Id", "a-B_9.z", "X-Reelgate-App", "shop");

            assertThat(header(answer, "X-Request-Id")).isEqualTo("a-B_9.z");
            assertThat(answer.body()).contains("\"request_id\":\"a-B_9.z\"").contains("\"app\":\"shop\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"has space", "<script>", "{jndi}", ""})
        void replacesAnInsaneOne(String id) {
            var answer = get("/v1/jobs", "X-Request-Id", id, "X-Reelgate-App", "no such/app");

            assertThat(header(answer, "X-Request-Id")).matches("req_[0-9a-f]{20}");
            assertThat(answer.body()).contains(header(answer, "X-Request-Id")).doesNotContain("\"app\"");
        }

        @Test
        void replacesATooLongOne() {
            assertThat(header(get("/v1/jobs", "X-Request-Id", "a".repeat(64)), "X-Request-Id"))
                    .hasSize(64);
            assertThat(header(get("/v1/jobs", "X-Request-Id", "a".repeat(65)), "X-Request-Id"))
                    .hasSize(24);
        }

        @Test
        void makesEachOneAnew() {
            assertThat(header(get("/v1/jobs"), "X-Request-Id")).isNotEqualTo(header(get("/v1/jobs"), "X-Request-Id"));
        }

        @ParameterizedTest
        @CsvSource({
            "/v1/nothing, 404",
            "/v1/broken, 500",
            "/nothing, 404",
            "/ops/api/jobs, 401",
            "/actuator/health, 200",
            "/ops, 401",
            "/v1//jobs, 400",
            "/v1/jobs;a=b, 400"
        })
        void standInEveryAnswer(String path, int status) {
            var answer = get(path, "X-Request-Id", "id-1");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("id-1");
        }
    }

    @Nested
    class AppRoutes {

        @Test
        void needNoKeyAndIgnoreOne() {
            assertThat(get("/v1/jobs").statusCode()).isEqualTo(200);
            assertThat(get("/v1/jobs", "Authorization", "Bearer sk-1").statusCode())
                    .isEqualTo(200);
            assertThat(get("/v1/jobs", "Authorization", WRONG).statusCode()).isEqualTo(200);
            assertThat(get("/v1/jobs", "Authorization", "Basic %%%").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void answerWithoutSessionCorsOrCaching() {
            var answer = get("/v1/jobs", "Origin", "https://films.example.com");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
                    .doesNotContain("set-cookie");
        }

        @ParameterizedTest
        @CsvSource({
            "10.1.2.3, 200",
            "192.168.9.9, 200",
            "172.31.0.1, 200",
            "fd00::1, 200",
            "::ffff:10.0.0.1, 200",
            "203.0.113.9, 403",
            "169.254.1.1, 403",
            "::ffff:203.0.113.9, 403",
            "2001:db8::1, 403",
            "'10.0.0.1, 203.0.113.9', 403",
            "nonsense, 403"
        })
        void areForAllowedNetworks(String forwardedFor, int status) {
            var answer = get("/v1/jobs", "X-Forwarded-For", forwardedFor);

            assertThat(answer.statusCode()).isEqualTo(status);
            if (status == 403) {
                assertThat(answer.body())
                        .contains("\"code\":\"network_not_allowed\"")
                        .contains("\"type\":\"invalid_request_error\"")
                        .contains("\"request_id\":\"" + header(answer, "X-Request-Id") + "\"");
                assertThat(header(answer, "Content-Type")).startsWith(JSON);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://evil.example.com", "null", "http://films.example.com", "https://films.example.com."
                })
        void refuseForeignOrigins(String origin) {
            for (var answer : new HttpResponse<?>[] {
                get("/v1/jobs", "Origin", origin), post("/v1/jobs", "{}", "Content-Type", JSON, "Origin", origin)
            }) {
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat((String) answer.body()).contains("\"code\":\"origin_not_allowed\"");
            }
        }

        @Test
        void refuseTheirOwnOriginToo() {
            assertThat(get("/v1/jobs", "Origin", "http://localhost:" + port).statusCode())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 200", "none, 200"})
        void refuseWhatAForeignPageEmbeds(String site, int status) {
            assertThat(get("/v1/jobs", "Sec-Fetch-Site", site).statusCode()).isEqualTo(status);
        }

        @Test
        void refusePreflights() {
            var answer = send(request("/v1/jobs", "Origin", "https://films.example.com")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"origin_not_allowed\"");
        }

        @ParameterizedTest
        @CsvSource({
            "application/json, 200",
            "application/json;charset=utf-8, 200",
            "Application/JSON; Charset=\"UTF-8\", 200",
            "application/json;charset=utf-16, 415",
            "application/problem+json, 415",
            "text/json, 415",
            "text/plain, 415",
            "application/x-www-form-urlencoded, 415",
            "multipart/form-data;boundary=x, 415",
            "nonsense, 415"
        })
        void takeJsonOnly(String contentType, int status) {
            var answer = post("/v1/jobs", "{}", "Content-Type", contentType);

            assertThat(answer.statusCode()).isEqualTo(status);
            if (status == 415) {
                assertThat(answer.body()).contains("\"code\":\"unsupported_media_type\"");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "multipart/form-data;boundary=x, 200",
            "Multipart/Form-Data ; boundary=\"a:b\", 200",
            "multipart/form-data, 200",
            "application/json, 200",
            "multipart/mixed;boundary=x, 415",
            "multipart/form-datas;boundary=x, 415",
            "application/x-www-form-urlencoded, 415",
            "text/plain, 415"
        })
        void takeFormsAtTheSecondDoor(String contentType, int status) {
            var answer = post("/v1/videos", "{}", "Content-Type", contentType);

            assertThat(answer.statusCode()).isEqualTo(status);
        }

        /** A form is what a page can send to anybody without being asked. */
        @ParameterizedTest
        @CsvSource({"Origin, https://evil.example", "Origin, null", "Sec-Fetch-Site, cross-site"})
        void refuseFormsOfForeignPages(String header, String value) {
            var answer = post("/v1/videos", "", "Content-Type", "multipart/form-data;boundary=x", header, value);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"origin_not_allowed\"");
        }

        @Test
        void refuseAPostWithoutAMediaType() {
            assertThat(post("/v1/jobs", "{}").statusCode()).isEqualTo(415);
        }

        @Test
        void cannotBeReachedAroundTheGuard() {
            for (var path : new String[] {"/%761/jobs", "/v1/%6Aobs"}) {
                assertThat(get(path, "X-Forwarded-For", "203.0.113.9").statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(get("/V1/jobs").statusCode()).isEqualTo(404);
        }

        @Test
        void leaveOddHeaderValuesToTheControllers() throws IOException {
            var request = "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Odd: \u0096\r\nConnection: close\r\n\r\n";
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 200");
            }
        }

        @Test
        void answerOddRequestsInTheEnvelope() {
            assertThat(get("/v1//jobs").body()).contains("\"code\":\"invalid_request\"");
        }
    }

    @Nested
    class Routes {

        @ParameterizedTest
        @CsvSource({
            "/sandbox/film, 200, 200, 200",
            "/v3/api-docs, 200, 200, 200",
            "/docs, 200, 200, 200",
            "/actuator/health, 200, 401, 200",
            "/actuator/health/liveness, 200, 401, 200",
            "/actuator/health/readiness, 200, 401, 200",
            "/actuator/prometheus, 401, 401, 200",
            "/actuator/info, 401, 401, 200",
            "/actuator, 401, 401, 200",
            "/ops/api/jobs, 401, 401, 200",
            "/ops/api/jobs.csv, 401, 401, 200",
            "/ops/api/nothing, 401, 401, 404",
            "/ops, 401, 401, 200",
            "/ops/jobs.csv, 401, 401, 200",
            "/ops/nothing, 401, 401, 404",
            "/ops/login, 200, 401, 200",
            "/ops/login/locked, 401, 401, 200",
            "/ops/assets/nothing.css, 404, 404, 404",
            "/secret, 404, 404, 404",
            "/error, 404, 404, 404"
        })
        void areForWhomTheyAreFor(String path, int anonymous, int wrong, int ops) {
            assertThat(get(path).statusCode()).as("anonymous").isEqualTo(anonymous);
            assertThat(get(path, "Authorization", WRONG).statusCode())
                    .as("wrong password")
                    .isEqualTo(wrong);
            assertThat(get(path, "Authorization", OPS).statusCode()).as("ops").isEqualTo(ops);
        }

        @Test
        void challengeProgramsWithAProblem() {
            var answer = get("/ops/api/jobs");

            assertThat(header(answer, "WWW-Authenticate")).startsWith("Basic realm=");
            assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
            assertThat(answer.body()).contains("\"status\":401").contains(header(answer, "X-Request-Id"));
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        }

        @Test
        void tellDetailsOfHealthToOpsOnly() {
            assertThat(get("/actuator/health").body())
                    .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
            assertThat(get("/actuator/health", "Authorization", OPS).body()).contains("\"components\"");
            assertThat(get("/actuator/health/ping").statusCode()).isEqualTo(404);
        }

        @Test
        void leadFromTheRootToTheConsole() {
            var answer = get("/");

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(header(answer, "Location")).isEqualTo("/ops");
        }

        @ParameterizedTest
        @CsvSource({
            "http://evil.example.com, , 403",
            "null, , 403",
            "http://localhost:1, , 403",
            ", cross-site, 403",
            ", same-site, 403",
            "OWN, cross-site, 403",
            "OWN, same-origin, 200",
            "OWN, , 200",
            ", , 200"
        })
        void refuseChangesByForeignPages(String origin, String site, int status) {
            for (var path : new String[] {"/ops/api/jobs", "/sandbox/film"}) {
                var request = request(path, "Authorization", OPS);
                if (origin != null) {
                    request.header("Origin", origin.equals("OWN") ? "http://localhost:" + port : origin);
                }
                if (site != null) {
                    request.header("Sec-Fetch-Site", site);
                }
                assertThat(send(request.POST(BodyPublishers.ofString("x"))).statusCode())
                        .as(path)
                        .isEqualTo(status);
            }
        }

        @Test
        void cacheWebjarsForLong() {
            var answer = get("/webjars/htmx.org/2.0.10/dist/htmx.min.js");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Cache-Control")).isEqualTo("max-age=31536000, public");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Nested
    class Networks {

        private static final String OUTSIDE = "203.0.113.9";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/ops",
                    "/ops/login",
                    "/ops/login?a=%ff",
                    "/ops/jobs.csv",
                    "/ops/nothing",
                    "/ops/api/jobs",
                    "/ops/api/nothing",
                    "/ops/assets/console.css",
                    "/actuator",
                    "/actuator/info",
                    "/actuator/prometheus"
                })
        void keepOpsToThemselves(String path) {
            var known = get(path, "X-Forwarded-For", OUTSIDE, "Authorization", OPS);
            assertThat(known.statusCode()).isEqualTo(403);
            assertThat(header(known, "Content-Type")).startsWith("application/problem+json");
            assertThat(known.body()).contains("reelgate.ops.allowed-networks").contains(header(known, "X-Request-Id"));

            var stranger = get(path, "X-Forwarded-For", "10.0.0.1, nonsense");
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(stranger.headers().map()).doesNotContainKeys("www-authenticate", "set-cookie");
        }

        @Test
        void tellBrowsersSoInBothLanguages() {
            var page = get("/ops/jobs", "X-Forwarded-For", OUTSIDE, "Accept", "text/html");

            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(header(page, "Content-Type")).startsWith("text/html");
            assertThat(page.body())
                    .contains("in none of the networks")
                    .contains("不在允许访问")
                    .contains("</html>");
        }

        @Test
        void takeNoFormFromOutside() {
            var form = request(
                    "/ops/login", "X-Forwarded-For", OUTSIDE, "Content-Type", "application/x-www-form-urlencoded");

            assertThat(send(form.POST(BodyPublishers.ofString("username=ops&password=s3cret")))
                            .statusCode())
                    .isEqualTo(403);
        }

        /** A balancer asks from anywhere, but nobody tries passwords from there. */
        @Test
        void showHealthToEverybodyButToNobodyWithAPassword() {
            assertThat(get("/actuator/health", "X-Forwarded-For", OUTSIDE).statusCode())
                    .isEqualTo(200);
            assertThat(get("/actuator/health/liveness", "X-Forwarded-For", OUTSIDE)
                            .statusCode())
                    .isEqualTo(200);
            for (var login : new String[] {OPS, WRONG}) {
                assertThat(get("/actuator/health", "X-Forwarded-For", OUTSIDE, "Authorization", login)
                                .statusCode())
                        .isEqualTo(403);
            }
        }

        @Test
        void hideNoDescriptionOfTheApi() {
            for (var path : new String[] {"/v3/api-docs", "/docs"}) {
                assertThat(get(path, "X-Forwarded-For", OUTSIDE).statusCode()).isEqualTo(200);
            }
        }
    }

    @Nested
    class Console {

        private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

        private static final Pattern NEXT = Pattern.compile("name=\"next\" value=\"([^\"]*)\"");
        private static final Pattern LANGUAGE = Pattern.compile("lang=\"zh-CN\" href=\"([^\"]*)\"");

        private static final String WANTED = "/ops/jobs?status=queued&text=%3Cb%3E+c&from=2026-07-20T08:00:00%2B08:00";

        private final Map<String, String> cookies = new TreeMap<>();
        private String token = "";
        private String next = "";

        @Test
        void leadsThroughTheLoginToThePageThatWasAskedFor() {
            var refused = browse(WANTED);
            assertThat(refused.statusCode()).isEqualTo(302);
            assertThat(header(refused, "Location")).startsWith("/ops/login?next=/ops/jobs%3F");
            assertThat(cookies).isEmpty();

            browse(header(refused, "Location"));
            assertThat(cookies).containsOnlyKeys("REELGATE_FORM");
            var welcome = submit("/ops/login", "username=ops&password=s3cret");

            assertThat(welcome.statusCode()).isEqualTo(302);
            assertThat(header(welcome, "Location")).isEqualTo(WANTED);
            assertThat(cookies).containsOnlyKeys("REELGATE_SESSION");
            assertThat(browse("/ops/jobs").statusCode()).isEqualTo(200);
        }

        @Test
        void leadsThereAfterMistakesToo() {
            browse(header(browse(WANTED), "Location"));
            var wrong = submit("/ops/login", "username=ops&password=no");
            assertThat(header(wrong, "Location")).startsWith("/ops/login?error&next=/ops/jobs%3F");
            assertThat(browse(header(wrong, "Location")).body()).contains("Wrong user or password");

            cookies.clear();
            var late = submit("/ops/login", "username=ops&password=s3cret");
            assertThat(header(late, "Location")).startsWith("/ops/login?expired&next=/ops/jobs%3F");
            browse(header(late, "Location"));

            assertThat(header(submit("/ops/login", "username=ops&password=s3cret"), "Location"))
                    .isEqualTo(WANTED);
        }

        /** The choice of a language is a link on the form; the console's interceptor, which acts on it, is not here. */
        @Test
        void leadsThereInTheOtherLanguageToo() {
            var form = browse(header(browse(WANTED), "Location"));
            var matcher = LANGUAGE.matcher(form.body());
            assertThat(matcher.find()).isTrue();
            browse(HtmlUtils.htmlUnescape(matcher.group(1)));

            assertThat(header(submit("/ops/login", "username=ops&password=s3cret"), "Location"))
                    .isEqualTo(WANTED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "//evil.example",
                    "/\\evil.example",
                    "https://evil.example",
                    "/ops//evil.example",
                    "/ops/../..//evil.example",
                    "/ops\r\nSet-Cookie: a=b",
                    "/opsx",
                    "/v1/video/generations"
                })
        void leadsNowhereElse(String target) {
            browse("/ops/login");
            next = target;
            var wrong = submit("/ops/login", "username=ops&password=no");
            assertThat(header(wrong, "Location")).isEqualTo("/ops/login?error");

            next = target;
            var welcome = submit("/ops/login", "username=ops&password=s3cret");
            assertThat(header(welcome, "Location")).isEqualTo("/ops");
            assertThat(cookies).doesNotContainKey("a");
        }

        @Test
        void changesTheSessionWhenSomebodyLogsInAgain() {
            logIn();
            var first = cookies.get("REELGATE_SESSION");
            submit("/ops/login", "username=ops&password=s3cret");

            assertThat(cookies.get("REELGATE_SESSION")).isNotNull().isNotEqualTo(first);
        }

        @Test
        void takesNoSessionThatABrowserBringsAlong() {
            cookies.put("REELGATE_SESSION", "0123456789ABCDEF0123456789ABCDEF");
            logIn();

            assertThat(cookies.get("REELGATE_SESSION")).isNotEqualTo("0123456789ABCDEF0123456789ABCDEF");
        }

        @Test
        void setsACookieThatLinksOfOtherSitesBringAlongAndTheirFormsDoNot() {
            browse("/ops/login");
            var welcome = submit("/ops/login", "username=ops&password=s3cret");

            assertThat(header(welcome, "Location")).isEqualTo("/ops");
            assertThat(welcome.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("REELGATE_SESSION="))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("Path=/ops")
                    .contains("HttpOnly")
                    .contains("SameSite=Lax");
        }

        @Test
        void setsACookieForTheTokenOfTheForm() {
            assertThat(header(browse("/ops/login"), "Set-Cookie"))
                    .startsWith("REELGATE_FORM=")
                    .contains("Path=/ops")
                    .contains("HttpOnly")
                    .contains("SameSite=Lax")
                    .doesNotContain("Max-Age");
        }

        @Test
        void keepsWhoHasLoggedInForAShift() {
            logIn();

            assertThat(sessions.latest().getMaxInactiveInterval()).isEqualTo(12 * 60 * 60);
        }

        /** A cookie can be planted by another program on this host; a session cannot. */
        @Test
        void takesNoTokenOfACookieFromWhoHasASession() {
            logIn();
            cookies.put("REELGATE_FORM", "planted");
            var masked =
                    Base64.getUrlEncoder().encodeToString("\0\0\0\0\0\0\0planted".getBytes(StandardCharsets.UTF_8));

            var forged = send(request("/ops/pause", "Cookie", cookie(), "X-CSRF-TOKEN", masked)
                    .POST(BodyPublishers.noBody()));

            assertThat(forged.statusCode()).isEqualTo(403);
        }

        @Test
        void takesTheTokenOfACookieFromWhoLogsInWithEachCall() {
            browse("/ops/login");

            var answer = send(request("/ops/pause", "Authorization", OPS, "Cookie", cookie(), "X-CSRF-TOKEN", token)
                    .POST(BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(200);
        }

        @Test
        void tellsWrongPasswordsWithoutTellingWhich() {
            browse("/ops/login");
            var wrong = submit("/ops/login", "username=ops&password=no");
            var unknown = submit("/ops/login", "username=nobody&password=s3cret");

            assertThat(header(wrong, "Location")).isEqualTo("/ops/login?error");
            assertThat(header(unknown, "Location")).isEqualTo("/ops/login?error");
            assertThat(browse("/ops/login?error").body()).contains("Wrong user or password");
        }

        @Test
        void asksForATokenWithEachChange() {
            logIn();

            assertThat(send(request(
                                            "/ops/pause",
                                            "Cookie",
                                            cookie(),
                                            "Content-Type",
                                            "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(submit("/ops/pause", "").statusCode()).isEqualTo(200);
            assertThat(send(request("/ops/pause", "Cookie", cookie(), "X-CSRF-TOKEN", token)
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .as("by header, as htmx does")
                    .isEqualTo(200);
            var basic = send(request("/ops/pause", "Authorization", OPS).POST(BodyPublishers.noBody()));
            assertThat(basic.statusCode())
                    .as("a browser remembers a Basic password too")
                    .isEqualTo(403);
            assertThat(header(basic, "Content-Type")).startsWith("application/problem+json");
        }

        @Test
        void acceptsNoSessionInTheApi() {
            logIn();

            assertThat(get("/ops/api/jobs", "Cookie", cookie()).statusCode()).isEqualTo(401);
        }

        @Test
        void logsOut() {
            logIn();
            var bye = submit("/ops/logout", "");

            assertThat(header(bye, "Location")).isEqualTo("/ops/login?logout");
            assertThat(browse("/ops").statusCode()).isEqualTo(302);
            assertThat(browse("/ops/login?logout").body()).contains("You are logged out");
        }

        @Test
        void sendsStrictHeaders() {
            var page = browse("/ops/login");

            assertThat(header(page, "Content-Security-Policy"))
                    .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
            assertThat(header(page, "Cache-Control")).contains("no-store");
        }

        @Test
        void tellsHtmxToReloadThePageWhenTheSessionIsOver() {
            var read = get("/ops/jobs", "HX-Request", "true", "Accept", "text/html");
            var write = send(request("/ops/pause", "HX-Request", "true").POST(BodyPublishers.noBody()));

            assertThat(read.statusCode()).isEqualTo(401);
            assertThat(header(read, "HX-Refresh")).isEqualTo("true");
            assertThat(read.headers().map()).doesNotContainKeys("www-authenticate", "set-cookie");
            assertThat(write.statusCode()).isEqualTo(403);
            assertThat(header(write, "HX-Refresh")).isEqualTo("true");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/ops/login", "/ops/pause", "/ops/logout"})
        void asksAgainWhenAFormStoodOpenTooLong(String path) {
            logIn();
            cookies.put("REELGATE_SESSION", "gone");
            var late = submit(path, "username=ops&password=s3cret");

            assertThat(late.statusCode()).isEqualTo(302);
            assertThat(header(late, "Location")).isEqualTo("/ops/login?expired");
            assertThat(browse("/ops/login?expired").body()).contains("log in again");
        }

        /** From one address, as behind a proxy that nobody has listed. */
        @Test
        void letsTheRightPasswordThroughWhateverWasTriedBefore() {
            browse("/ops/login");
            for (var i = 0; i < 20; i++) {
                assertThat(submit("/ops/login", "username=ops&password=no" + i).statusCode())
                        .isEqualTo(302);
                assertThat(get("/ops/api/jobs", "Authorization", basic("ops", "no" + i))
                                .statusCode())
                        .isEqualTo(401);
            }

            assertThat(get("/ops/api/jobs", "Authorization", OPS).statusCode()).isEqualTo(200);
            assertThat(get("/actuator/prometheus", "Authorization", OPS).statusCode())
                    .isEqualTo(200);
            assertThat(header(submit("/ops/login", "username=ops&password=s3cret"), "Location"))
                    .isEqualTo("/ops");
        }

        @Test
        void holdsBackWhoGuessesAndNobodyElse() {
            browse("/ops/login");
            sleeper.hold();
            var held = Stream.generate(() ->
                            request("/ops/api/jobs", "Authorization", WRONG).build())
                    .limit(FailedLogins.MOST_OF_ONE)
                    .map(guess -> client.sendAsync(guess, BodyHandlers.ofString()))
                    .toList();
            try {
                await().until(() -> sleeper.asleep() == FailedLogins.MOST_OF_ONE);

                var tooMany = get("/ops/api/jobs", "Authorization", WRONG);
                assertThat(tooMany.statusCode()).isEqualTo(429);
                assertThat(header(tooMany, "Retry-After")).isEqualTo("1");
                assertThat(header(tooMany, "Content-Type")).startsWith("application/problem+json");

                next = WANTED;
                var form = submit("/ops/login", "username=ops&password=no");
                assertThat(form.statusCode()).isEqualTo(429);
                assertThat(header(form, "Retry-After")).isEqualTo("1");
                assertThat(form.body())
                        .contains("too many failed attempts")
                        .contains("name=\"next\" value=\"/ops/jobs?");

                assertThat(get("/ops/api/jobs", "Authorization", OPS).statusCode())
                        .isEqualTo(200);
                assertThat(header(submit("/ops/login", "username=ops&password=s3cret"), "Location"))
                        .isEqualTo(WANTED);
            } finally {
                sleeper.letGo();
            }
            assertThat(held)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(401));
        }

        private void logIn() {
            browse("/ops/login");
            submit("/ops/login", "username=ops&password=s3cret");
            browse("/ops/login");
        }

        private HttpResponse<String> browse(String path) {
            var answer = send(request(path, "Accept", "text/html", "Cookie", cookie()));
            remember(answer);
            var matcher = TOKEN.matcher(answer.body());
            token = matcher.find() ? matcher.group(1) : token;
            var wanted = NEXT.matcher(answer.body());
            next = wanted.find() ? HtmlUtils.htmlUnescape(wanted.group(1)) : next;
            return answer;
        }

        private HttpResponse<String> submit(String path, String form) {
            var answer = send(request(
                            path,
                            "Accept",
                            "text/html",
                            "Cookie",
                            cookie(),
                            "Origin",
                            "http://localhost:" + port,
                            "Content-Type",
                            "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(
                            form + "&_csrf=" + token + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))));
            remember(answer);
            return answer;
        }

        private void remember(HttpResponse<String> answer) {
            answer.headers().allValues("Set-Cookie").forEach(set -> {
                var name = set.substring(0, set.indexOf('='));
                if (set.startsWith(name + "=;")) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, set.substring(name.length() + 1, set.indexOf(';')));
                }
            });
        }

        private String cookie() {
            return cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
        }
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers));
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
