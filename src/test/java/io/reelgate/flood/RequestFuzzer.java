package io.reelgate.flood;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sends a gateway requests that nobody means, one after the other over connections of their own, and holds each answer to
 * what it must be whatever was asked: whole, no failure of the gateway's, in the shape that its path promises, and without a
 * word about the gateway's insides.
 */
public final class RequestFuzzer {

    private static final int PATIENCE_MS = 30_000;
    private static final int MOST_FINDINGS = 200;

    private static final Pattern INSIDES = Pattern.compile(
            "\\tat |Exception|org\\.springframework|org\\.apache|java\\.lang|io\\.reelgate|Apache Tomcat|HTTP Status|Whitelabel");

    private final InetSocketAddress gateway;
    private final OddRequests requests;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** The same seed makes the same requests; half of them log in with this password, a third of the ids are of these jobs. */
    public RequestFuzzer(InetSocketAddress gateway, long seed, String password, List<String> ids) {
        this.gateway = gateway;
        this.requests = new OddRequests(seed, "ops", password, ids);
    }

    /** A request whose answer is not as it must be, and why. */
    public record Finding(String why, String request, String answer) {}

    /**
     * What came of it.
     *
     * @param statuses how many answers had which; 0 stands for none, 9 for one without a head
     * @param findings the first of those that should not be; none is what we want
     */
    public record Report(Map<Integer, Integer> statuses, List<Finding> findings) {}

    /** {@code base-url seed requests password job-id…}: prints what it finds, and ends with 1 if that is anything. */
    public static void main(String... arguments) {
        var base = URI.create(arguments[0]);
        var gateway = new InetSocketAddress(base.getHost(), base.getPort());
        var ids = List.of(arguments).subList(4, arguments.length);
        var report = new RequestFuzzer(gateway, Long.parseLong(arguments[1]), arguments[3], ids)
                .run(Integer.parseInt(arguments[2]));
        report.findings().forEach(System.out::println);
        System.out.println(report.statuses());
        System.exit(report.findings().isEmpty() ? 0 : 1);
    }

    /** Sends so many requests. */
    public Report run(int count) {
        for (int i = 0; i < count && findings.size() < MOST_FINDINGS; i++) {
            var request = requests.next();
            try {
                var answer = send(request);
                statuses.merge(answer.status(), 1, Integer::sum);
                judge(request, answer);
            } catch (IOException | RuntimeException e) {
                findings.add(new Finding("no answer that can be read: " + e, request.toString(), ""));
            }
        }
        return new Report(statuses, findings);
    }

    private RawAnswer send(OddRequest request) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(gateway, PATIENCE_MS);
            try {
                socket.getOutputStream().write(request.bytes());
                socket.shutdownOutput();
            } catch (IOException early) {
                // It has been refused before all of it was there; the answer is on its way.
            }
            return RawAnswer.read(new BufferedInputStream(socket.getInputStream()), request.method());
        }
    }

    private void judge(OddRequest request, RawAnswer answer) {
        if (answer.status() == RawAnswer.NOTHING) {
            note(request.due(), "it was not answered", request, answer);
            return;
        }
        note(!answer.complete(), "the answer breaks off", request, answer);
        note(answer.status() >= 500 && !isOverload(answer), "a failure of the gateway", request, answer);
        note(
                answer.header("X-Request-Id").isEmpty()
                        && answer.status() != RawAnswer.WITHOUT_HEAD
                        && !request.target().equals("*"),
                "no request id",
                request,
                answer);
        note(tellsOfInsides(request, answer), "it tells of the gateway's insides", request, answer);
        note(
                answer.values("Set-Cookie").stream().anyMatch(cookie -> cookie.startsWith("REELGATE_SESSION="))
                        && !request.head().contains("Authorization: Basic"),
                "a session for a stranger",
                request,
                answer);
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
            note(!isInShape(request, answer), "a refusal in the wrong shape", request, answer);
        }
    }

    private void note(boolean wrong, String why, OddRequest request, RawAnswer answer) {
        if (wrong) {
            findings.add(new Finding(why, request.toString(), answer.toString()));
        }
    }

    /** Metrics name classes, and so does what was built; both are for ops, and meant so. */
    private static boolean tellsOfInsides(OddRequest request, RawAnswer answer) {
        var meant = answer.status() == 200 && request.isUnder("/actuator");
        return !meant && INSIDES.matcher(answer.body()).find();
    }

    private static boolean isOverload(RawAnswer answer) {
        return answer.status() == 503
                && Pattern.compile("\"code\":\"(overloaded|paused|record_unavailable|upstream_unavailable)\"")
                        .matcher(answer.body())
                        .find();
    }

    /** The apps' envelope, a page or a problem; both of the former and the latter where the server cannot know the path. */
    private static boolean isInShape(OddRequest request, RawAnswer answer) {
        var type = answer.header("Content-Type");
        var envelope = answer.body().contains("\"error\":{\"message\":\"")
                && answer.body().contains("\"request_id\":\"");
        var problem =
                type.startsWith("application/problem+json") && answer.body().contains("\"status\":" + answer.status());
        var page = type.startsWith("text/html") && answer.body().stripTrailing().endsWith("</html>");
        if (request.isUnder("/v1")) {
            return type.startsWith("application/json") && envelope;
        }
        if (!request.readable()) {
            return envelope || problem || page || isHtmxReload(answer);
        }
        if (request.isUnder("/actuator")) {
            return problem || answer.status() == 404 && answer.body().isEmpty(); // of a component that is not there
        }
        if (request.isUnder("/ops/api/") || request.isUnder("/ops/assets")) {
            return problem;
        }
        if (request.isUnder("/ops")) {
            return page || isHtmxReload(answer) || problem && (!request.page() || isChallenge(answer));
        }
        return envelope
                || problem
                || page
                || isHtmxReload(answer)
                || request.target().startsWith("/sandbox/");
    }

    /** Whoever sends a password that cannot be read is asked for another, not led to a form. */
    private static boolean isChallenge(RawAnswer answer) {
        return answer.status() == 401 && answer.header("WWW-Authenticate").startsWith("Basic ");
    }

    private static boolean isHtmxReload(RawAnswer answer) {
        return answer.header("HX-Refresh").equals("true") && answer.body().isEmpty();
    }
}
