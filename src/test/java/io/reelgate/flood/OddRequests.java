package io.reelgate.flood;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes requests that are mostly right and somewhere wrong, to every route of the gateway, the same for the same seed.
 *
 * <p>None of them is a job that an upstream would take, and none pauses the gateway.
 */
final class OddRequests {

    private static final List<String> ROUTES = List.of(
            "/v1/video/generations",
            "/v1/video/generations/{id}",
            "/v1/video/generations/{id}/content",
            "/v1/video/generations/{id}/cancel",
            "/v1/videos",
            "/v1/videos",
            "/v1/videos/{id}",
            "/v1/videos/{id}/content",
            "/v1/nothing",
            "/v1",
            "/ops",
            "/ops/login",
            "/ops/login/locked",
            "/ops/logout",
            "/ops/jobs",
            "/ops/jobs/rows",
            "/ops/jobs/{id}",
            "/ops/jobs/{id}/request",
            "/ops/jobs/{id}/poll",
            "/ops/jobs/{id}/resolution",
            "/ops/jobs.csv",
            "/ops/find",
            "/ops/balance",
            "/ops/pause",
            "/ops/nothing",
            "/ops/assets/console.css",
            "/ops/assets/nothing",
            "/ops/api/jobs",
            "/ops/api/jobs.csv",
            "/ops/api/jobs/{id}",
            "/ops/api/jobs/{id}/poll",
            "/ops/api/jobs/{id}/resolution",
            "/ops/api/quota-incidents",
            "/ops/api/stats",
            "/ops/api/pause",
            "/ops/api/nothing",
            "/actuator",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/info",
            "/actuator/prometheus",
            "/actuator/nothing",
            "/v3/api-docs",
            "/v3/api-docs.yaml",
            "/docs",
            "/docs/assets/docs.js",
            "/webjars/htmx.org/2.0.10/dist/htmx.min.js",
            "/sandbox/upstream/v1/video/generations",
            "/sandbox/upstream/v1/video/generations/{id}",
            "/sandbox/upstream/films/{id}.mp4",
            "/error",
            "/favicon.ico",
            "/");

    private static final List<String> PARAMETERS = List.of(
            "app",
            "status",
            "model",
            "from",
            "to",
            "text",
            "limit",
            "cursor",
            "after",
            "order",
            "variant",
            "id",
            "q",
            "window",
            "by",
            "lang",
            "next",
            "paused",
            "note",
            "action",
            "upstream_task_id",
            "username",
            "password",
            "_csrf",
            "error",
            "_method",
            "a",
            "%01",
            "%00",
            "%ff",
            "",
            "[]",
            "%F0%9F%98%80");

    private static final String CHINESE = "%E7%8C%AB".repeat(500);

    /** They can be decoded, whatever they then are. */
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "0",
            "-1",
            "20",
            "99999999999999999999",
            "1e9",
            "NaN",
            "%0d%0aX:%20y",
            "%09",
            "+",
            "%2B",
            "%27%22%3Cb%3E",
            "..%2f..",
            "a;b",
            "a=b",
            "%01",
            "%E7%8C%AB",
            CHINESE,
            "a".repeat(1_001),
            "a".repeat(9_000),
            "queued",
            "queued,failed,",
            "unknown",
            "2026-07-20T08:00:00Z",
            "2026-13-45T99:00:00Z",
            "%2B999999999-12-31",
            "-999999999-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999%2B18:00",
            "2026-07-20",
            "T",
            "24h",
            "7d",
            "ending",
            "zh",
            "zz-%24",
            "true",
            "attach",
            "lost",
            "poll",
            "eA",
            "dGFza18",
            "%E2%80%AE",
            "%25%7B1%2B1%7D",
            "%24%7B1%7D",
            "%F0%9F%98%80",
            "//evil.example",
            "/ops/jobs?a=b",
            "http://evil.example",
            "%EF%BF%BD",
            "%25",
            "%5C",
            "_");

    /** They cannot be decoded, or have no place in a request line. */
    private static final List<String> BROKEN = List.of(
            "%",
            "%z",
            "%zz",
            "%ff",
            "%00",
            "a%00b",
            "%C0%80",
            "%ED%A0%80",
            "%F4%90%80%80",
            "%E7",
            "{}",
            "[1]",
            "|",
            "^",
            "`",
            "\\",
            "\"",
            "<b>",
            "\u00e4\u00f6",
            "\u0001",
            "\u007f",
            "${1+1}",
            " ",
            "\t");

    private static final List<String> IDS = List.of(
            "task_018f0000000070008000000000000000",
            "task_1",
            "cgt-1",
            "1",
            "%01",
            "%0a",
            "%E7%8C%AB",
            "'",
            "%27%20or%201=1",
            "a".repeat(300),
            CHINESE,
            "a".repeat(9_000),
            "%7Bid%7D",
            "*",
            "a:b",
            "a@b",
            "a+b",
            "a,b",
            "~",
            "-",
            ".mp4",
            "%20",
            "a%22b");

    private static final List<String> BROKEN_IDS = List.of(
            "%00",
            "%ff", "a%00", "%ED%A0%80", "..", "%2e%2e", "%2f", "%5c", "a;b=c", ";", "{id}", "%", "%zz", "<b>", "a b");

    private static final List<String> METHODS = List.of(
            "GET",
            "GET",
            "GET",
            "GET",
            "GET",
            "POST",
            "POST",
            "POST",
            "HEAD",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "QUERY",
            "get",
            "G(T",
            "A".repeat(9_000),
            "\u00e4");

    private static final List<String> PROTOCOLS = List.of(
            "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.2", "http/1.1", "HTTP/1.1x", "FTP/1.1", "HTTP", "HTTP/", "1.1");

    private static final List<String> HEADERS = List.of(
            "Accept: ;;;",
            "Accept: */*;q=x",
            "Accept: text/html;;",
            "Accept: application/xml",
            "Accept: a",
            "Accept: ,,,,",
            "Accept: text/html, nonsense/;q",
            "Accept: image/*",
            "Accept: text/event-stream",
            "Accept: application/*;v=\"",
            "Accept-Language: ;;;",
            "Accept-Language: zh-;q=9",
            "Accept-Language: *-CN;q=0.0.0",
            "Accept-Language: x",
            "Accept-Charset: nonsense",
            "Accept-Encoding: br;q=x, ;",
            "Content-Encoding: gzip",
            "Content-Language: \u00e4",
            "Content-Type: nonsense",
            "Content-Type: a/b; charset=zzz",
            "Content-Type: application/json;charset=utf-16",
            "Content-Type: application/json; charset=\"",
            "Content-Type: ;",
            "Content-Type: text/plain;charset=utf-7",
            "Content-Type: application/x-www-form-urlencoded;charset=zzz",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: multipart/mixed; boundary=x",
            "Range: bytes=-",
            "Range: bytes=0-0,1-1,2-2",
            "Range: bytes=99999999999999999999-",
            "Range: apples=1-2",
            "Range: bytes=5-1",
            "Range: bytes=" + "0-1,".repeat(2_000),
            "If-Range: x",
            "If-Modified-Since: yesterday",
            "If-None-Match: \"",
            "If-Match: *",
            "If-Unmodified-Since: 0",
            "Cookie: ;;;=",
            "Cookie: REELGATE_SESSION=\"",
            "Cookie: REELGATE_SESSION=" + "a".repeat(5_000),
            "Cookie: REELGATE_LANGUAGE=$$",
            "Cookie: REELGATE_LANGUAGE=zh/No",
            "Cookie: REELGATE_FORM=\u00e4",
            "Cookie: $Version=1; a=b; $Path=/",
            "Cookie: a=b,c",
            "X-Forwarded-For: nonsense",
            "X-Forwarded-For: ,,,",
            "X-Forwarded-For: ::::",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil",
            "Forwarded: for=\"",
            "X-Request-Id: <b>",
            "X-Request-Id: " + "a".repeat(999),
            "X-Reelgate-App: \u732b",
            "X-Reelgate-App: " + "a".repeat(999),
            "Idempotency-Key: \"",
            "Idempotency-Key: a\u00e4",
            "Authorization: Basic",
            "Authorization: Basic %%%",
            "Authorization: Basic b3Bz",
            "Authorization: Bearer x",
            "Authorization: \u00e4",
            "Authorization: Digest a=b",
            "Origin: null",
            "Origin: http://evil",
            "Origin: ://",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: nonsense",
            "Expect: 100-continue",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: nonsense",
            "HX-Request: true",
            "HX-Current-URL: http://x/ops?" + "a".repeat(5_000),
            "X-HTTP-Method-Override: DELETE",
            "Access-Control-Request-Method: POST",
            "Referer: \u00e4",
            "TE: trailers",
            "Trailer: X",
            "Via: 1.1 x",
            "Max-Forwards: x",
            "Host: other",
            "X:\u00e4");

    /** Tomcat refuses them by itself. */
    private static final List<String> BROKEN_HEADERS = List.of(
            "X: " + "a".repeat(40_000),
            ": nothing",
            "no colon",
            "X A: b",
            "X: a\u0001b",
            " folded: x",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: nonsense",
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 99999999999999999999",
            "Expect: nonsense",
            "Cookie: a=\"b\\\"; c=\u0001",
            "Cookie: " + "a=b; ".repeat(300));

    private static final List<String> HOSTS =
            List.of("Host: a^b", "Host: ", "Host: [::1", "Host: a:b", "Host: x:99999", "Host: \u00e4", "Host: a b", "");

    private static final List<String> JSON = List.of(
            "",
            " ",
            "null",
            "[]",
            "1",
            "\"a\"",
            "{",
            "{}",
            "{\"a\":",
            "{\"paused\":null}",
            "{\"paused\":\"x\"}",
            "{\"paused\":[]}",
            "{\"paused\":false,\"note\":\"\\ud800\\u0000\"}",
            "{\"paused\":false,\"note\":" + "[".repeat(2_000),
            "{\"paused\":false,\"note\":\"" + "n".repeat(20_000) + "\"}",
            "{\"action\":\"lost\",\"note\":\"\\udfff\"}",
            "{\"action\":\"attach\",\"upstream_task_id\":\"\\ud800\\u0000\"}",
            "{\"action\":\"attach\"}",
            "{\"action\":1}",
            "{\"action\":\"reopen\",\"note\":\"\\u0000\"}",
            "{\"action\":\"\\u0000\"}",
            "[".repeat(50_000),
            "{\"a\":".repeat(5_000),
            "{\"model\":\"x\",\"prompt\":\"\\ud800\\u0000\"}",
            "{\"model\":\"\\u0000\",\"prompt\":\"a\"}",
            "\ufeff{}",
            "{\"model\":1e999999,\"prompt\":\"a\"}",
            "{\"prompt\":\"a\"}",
            "{\"model\":\"x\",\"model\":\"y\"}",
            "{\"seconds\":1e400}",
            "{'a':1}",
            "{\"a\":\u00e4}",
            "{\"a\":\"\u0001\"}",
            "{\"a\":1}{\"b\":2}",
            "nul",
            "\u0000\u0000\u0000{");

    /** Pieces of forms with the boundary x; of a model that is not served. */
    private static final List<String> FORM_PIECES = List.of(
            "--x\r\n",
            "--x\r\n",
            "--x--",
            "--x--\r\n",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "--",
            "--xx\r\n",
            "--x \t\r\n",
            "Content-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n",
            "Content-Disposition: form-data; name=\"prompt\"\r\n\r\na\r\n",
            "Content-Disposition: form-data; name=\"size\"\r\n\r\n\u0000\u00ff\r\n",
            "Content-Disposition: form-data; name=\"seconds\"; filename=\"a\"\r\n\r\n5\r\n",
            "Content-Disposition: form-data; name=\"input_reference\"; filename=\"a\\\"b\"\r\n\r\nGIF89a\r\n--\r\n-\r\n",
            "Content-Disposition: form-data; name=\"input_reference\"; filename*=UTF-8''a\r\n\r\n<b>\r\n",
            "Content-Disposition: form-data; name=\"input_reference[image_url]\"\r\n\r\nhttp://a\r\n",
            "Content-Disposition: form-data; name=\"" + "n".repeat(9_000) + "\"\r\n\r\n",
            "Content-Disposition: form-data; name=\"\u0001\ud800\r\n",
            "Content-Disposition: attachment\r\n",
            "Content-Disposition\r\n",
            "A: b\r\n".repeat(3_000),
            "a".repeat(40_000));

    private static final List<String> DETOURS = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/../",
            "/./",
            ";a=b",
            ";",
            "%2f",
            "%2F..",
            "%5c",
            "%00",
            "%ff",
            "%",
            "%zz",
            "%2e%2e/",
            "\\",
            "\u00e4",
            "\u732b",
            "\u0001",
            " ",
            "#a",
            "?",
            "%3f",
            "%23",
            "%25",
            "%252f",
            "..;/",
            "%e2%80%ae",
            "a".repeat(9_000),
            "a".repeat(33_000),
            "[",
            "|",
            "^",
            "\"",
            "<",
            "{",
            "+",
            "%0d%0a",
            ".json",
            "~",
            "*");

    private static final List<String> RUBBISH = List.of(
            "",
            "\r\n",
            "\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "GET",
            "GET /ops",
            "GET /ops HTTP/1.1\r\n",
            "GET /ops HTTP/1.1\r\nHost: x",
            "GET /ops\r\n\r\n",
            "GET  /ops  HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u0000\u0000\u0000\u0000",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "SSH-2.0-x\r\n",
            "GET /ops HTTP/1.1\nHost: x\n\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "POST /v1/video/generations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "POST /v1/video/generations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /ops HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /ops HTTP/1.1\r\n\r\n",
            "GET /ops HTTP/1.1\r\rHost: x\r\r");

    /**
     * What a form sends along: the token of the cookie, and the same masked by zeros. A browser would have got them with the
     * page; where a request logs in, they take it past the check to whatever reads the form.
     */
    private static final List<String> FORM_TOKEN = formToken("4d9a7c1e-5f0b-4c3a-9d2e-8b6f1a0c7e55");

    /** Marks a body that is shorter than it says: for a form that breaks off Tomcat closes the connection, and says nothing. */
    private static final String CUT = "X-Cut: true";

    private final Random random;
    private final List<String> ids;
    private final String login;

    /** About these jobs among others; half of the requests log in. */
    OddRequests(long seed, String user, String password, List<String> ids) {
        this.random = new Random(seed);
        this.ids = ids.isEmpty() ? IDS : ids;
        this.login = "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> formToken(String token) {
        var masked = new byte[2 * token.length()];
        System.arraycopy(token.getBytes(StandardCharsets.US_ASCII), 0, masked, token.length(), token.length());
        return List.of(
                "Cookie: REELGATE_FORM=" + token,
                "X-CSRF-TOKEN: " + Base64.getUrlEncoder().encodeToString(masked));
    }

    /** The next one of the row. */
    OddRequest next() {
        if (oneIn(150)) {
            return rubbish();
        }
        var method = oneIn(8) ? any(METHODS) : oneIn(2) ? "POST" : "GET";
        var target = target();
        var protocol = oneIn(60) ? any(PROTOCOLS) : "HTTP/1.1";
        var headers = new ArrayList<String>();
        headers.add(oneIn(80) ? any(HOSTS) : "Host: localhost");
        headers.add("Connection: close");
        var page = oneIn(2);
        if (page) {
            headers.add("Accept: text/html,application/xhtml+xml");
        }
        if (oneIn(2)) {
            headers.add(login);
            headers.addAll(FORM_TOKEN);
        }
        for (var more = Math.max(0, random.nextInt(5) - 2); more > 0; more--) {
            headers.add(any(oneIn(6) ? BROKEN_HEADERS : HEADERS));
        }
        if (oneIn(300)) {
            IntStream.range(0, 200).forEach(i -> headers.add("X" + i + ": a"));
        }
        var body = !method.equals("GET") || oneIn(20) ? body(headers) : new byte[0];
        var cut = headers.getLast().equals(CUT);
        var head = method + " " + target + " " + protocol + "\r\n"
                + headers.stream()
                        .filter(line -> !line.isEmpty())
                        .map(line -> line + "\r\n")
                        .collect(Collectors.joining())
                + "\r\n";
        return new OddRequest(method, target, page, isReadable(method, target, protocol), !cut, head, body);
    }

    /** What a server can make out; the target may still be wrong. */
    private static boolean isReadable(String method, String target, String protocol) {
        return method.matches("[A-Za-z]{1,20}")
                && target.matches("/[!#-;=?-Z_a-z~]*")
                && target.indexOf('#') < 0
                && target.length() < 30_000
                && protocol.matches("HTTP/[0-9]\\.[0-9]");
    }

    private OddRequest rubbish() {
        var text = any(RUBBISH);
        var bytes = new byte[random.nextInt(500)];
        random.nextBytes(bytes);
        return new OddRequest("GET", "", false, false, false, text, oneIn(2) ? bytes : new byte[0]);
    }

    private String target() {
        var path = any(ROUTES).replace("{id}", oneIn(3) ? any(ids) : any(oneIn(12) ? BROKEN_IDS : IDS));
        if (oneIn(20)) {
            int at = random.nextInt(path.length() + 1);
            path = path.substring(0, at) + any(DETOURS) + path.substring(at);
        }
        if (oneIn(200)) {
            return any(List.of("*", "http://localhost" + path, "localhost:80", "?a=b", "", "//evil.example" + path));
        }
        return oneIn(2) ? path : path + "?" + query();
    }

    /** Pairs of names and values, a thousand and one of them at times. */
    private String query() {
        int pairs = oneIn(60) ? 1_001 : 1 + random.nextInt(3);
        return IntStream.range(0, pairs)
                .mapToObj(i -> pairs > 9 ? "a" + i + "=1" : any(oneIn(40) ? BROKEN : PARAMETERS) + "=" + value())
                .collect(Collectors.joining(oneIn(20) ? ";" : "&"));
    }

    private String value() {
        return any(oneIn(20) ? BROKEN : VALUES);
    }

    /** Adds the headers that go with the body; what it says of its length is not always so. */
    private byte[] body(List<String> headers) {
        if (oneIn(4)) {
            return sized(headers, multipart(headers));
        }
        var form = oneIn(2);
        headers.add(form ? "Content-Type: application/x-www-form-urlencoded" : "Content-Type: application/json");
        var text = oneIn(40) ? "a=" + "b".repeat(40_000) : form ? query() : any(JSON);
        return sized(headers, text.getBytes(oneIn(8) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    private byte[] multipart(List<String> headers) {
        headers.add("Content-Type: "
                + any(List.of(
                        "multipart/form-data; boundary=x",
                        "multipart/form-data; boundary=x",
                        "multipart/form-data; boundary=x",
                        "multipart/form-data; boundary=\"x\"",
                        "multipart/form-data; boundary=" + "x".repeat(80),
                        "multipart/form-data",
                        "multipart/form-data; boundary=\"")));
        return IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> i == 0 && !oneIn(4) ? "--x\r\n" : any(FORM_PIECES))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] sized(List<String> headers, byte[] body) {
        switch (random.nextInt(12)) {
            case 0 -> {
                headers.add("Content-Length: " + (body.length + 10));
                headers.add(CUT);
            }
            case 1 -> {
                headers.add("Transfer-Encoding: chunked");
                headers.add(CUT);
                return chunked(body);
            }
            default -> headers.add("Content-Length: " + body.length);
        }
        return body;
    }

    private byte[] chunked(byte[] body) {
        var size = Integer.toHexString(body.length);
        var text = any(List.of(size, size + ";a=b", "zz" + size, "-" + size, size + "fffffff", ""))
                + "\r\n"
                + new String(body, StandardCharsets.ISO_8859_1)
                + any(List.of("\r\n0\r\n\r\n", "\r\n0\r\nX: \u0001\r\n\r\n", "0\r\n", ""));
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
