package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.newapi.PollReader;
import io.reelgate.upstream.newapi.SubmissionReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever bytes the upstream sends, a reader gives an outcome, an outcome that can be stored, and never a statement
 * about a task that the bytes do not make. Seeded: a failure names the round that makes it again.
 */
class ReaderFuzzTests {

    private static final int ROUNDS = 4_000;
    private static final int MUTATIONS_OF_EACH = 60;
    /** One for each branch of the readers. */
    private static final int[] STATUSES = {200, 301, 400, 401, 402, 403, 404, 405, 429, 503};

    private static final Set<String> BAD_WORDS =
            Set.of("failure", "failed", "cancelled", "canceled", "expired", "timeout", "rejected");
    private static final Set<String> WORDS_OF_AN_END =
            Set.of("success", "succeeded", "completed", "done", "succeed", "finished", "complete");
    private static final Set<String> NOTHING_SENT_ON =
            Set.of("model_not_found", "system_cpu_overloaded", "system_memory_overloaded", "system_disk_overloaded");
    private static final String[] FIELDS = {
        "id",
        "task_id",
        "status",
        "code",
        "data",
        "error",
        "message",
        "progress",
        "url",
        "result_url",
        "fail_reason",
        "usage",
        "completion_tokens",
        "total_tokens",
        "output",
        "video_url",
        "content",
        "metadata",
        "video",
        "videos",
        "success",
        "msg",
        "type",
        "\u0000",
        ""
    };
    private static final String[] WORDS = {
        "success",
        "SUCCESS",
        "running",
        "queued",
        "completed",
        "done",
        "finished",
        "task_not_exist",
        "task not exist",
        "insufficient_quota",
        "fail_to_fetch_task",
        "system_cpu_overloaded",
        "bad_response_status_code",
        "1113",
        "1.089E5",
        "用户剩余额度: ＄0.71, 需要预扣费额度: ＄0.80",
        "60 requests per minute",
        "https://x.example/last.png",
        "task_1",
        "",
        " ",
        "50%",
        "https://x.example/f?X-Tos-Date=20260731T000000Z&X-Tos-Expires=99999999999",
        "http://",
        "\\u0000",
        "\\ud800",
        "{\\\"error\\\":{\\\"message\\\":\\\"x\\\"}}",
        "{\\\"message\\\":\\\"{\\\"",
        "令牌",
        "quota",
        Fixtures.KEY
    };
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1e999999",
        "-1e999999",
        "1e-999999",
        "123456789012345678901234567890",
        "0.5",
        "9007199254740993",
        "-0.0",
        "1E400",
        "108900.0",
        "1.089E5",
        "1113",
        "200"
    };

    private final SubmissionReader submissions = Fixtures.submissions();
    private final PollReader polls = Fixtures.polls();

    /**
     * Random JSON in the upstream's own vocabulary, without a bad status word in it: nothing may fail a job, but an error in
     * the place of the film.
     */
    @Test
    void neverFailsATaskThatNoWordCallsFailed() {
        for (var round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            var json = object(random, 0);
            for (var status : STATUSES) {
                var outcome = poll(round, status, json);
                if (outcome instanceof Seen(var snapshot)
                        && snapshot.status() == TaskStatus.FAILED
                        && !saysFailed(json)) {
                    fail("round %s failed a task: %s", round, json);
                }
                submit(round, status, json);
            }
        }
    }

    /** Random bytes: no task is seen, missing or accepted by luck. */
    @Test
    void learnsNothingFromNoise() {
        for (var round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            for (var status : STATUSES) {
                assertThat(poll(round, status, text)).isNotInstanceOfAny(Seen.class, Missing.class);
                assertThat(submit(round, status, text)).isNotInstanceOf(Accepted.class);
            }
        }
    }

    /** Every proper prefix of every recorded answer. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void learnsNothingFromATruncatedAnswer(String fixture) {
        var whole = Fixtures.read(fixture).strip();
        for (var end = 0; end < whole.length(); end++) {
            var text = whole.substring(0, end);
            assertThat(poll(end, 200, text)).isNotInstanceOfAny(Seen.class, Missing.class);
            assertThat(poll(end, 404, text)).isNotInstanceOfAny(Seen.class, Missing.class);
            assertThat(submit(end, 200, text)).isNotInstanceOf(Accepted.class);
        }
    }

    /**
     * Recorded answers with bytes changed, cut out, doubled and moved. What then still says that a task failed must say
     * so in its outermost status: read independently here.
     */
    @ParameterizedTest
    @MethodSource("fixtures")
    void believesAMutatedAnswerOnlyWhatItStillSays(String fixture) {
        var original = Fixtures.read(fixture).getBytes(StandardCharsets.UTF_8);
        for (var round = 0; round < MUTATIONS_OF_EACH; round++) {
            var text = new String(mutated(original, new Random(round)), StandardCharsets.UTF_8);
            for (var status : STATUSES) {
                var outcome = poll(round, status, text);
                if (outcome instanceof Seen(var snapshot) && snapshot.status() == TaskStatus.FAILED) {
                    assertThat(status).isLessThan(300);
                    assertThat(saysFailed(text)).as("round %s: %s", round, text).isTrue();
                }
                if (outcome instanceof Missing) {
                    assertThat(text.toLowerCase(Locale.ROOT)).containsPattern("task|video");
                }
                submit(round, status, text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":", "[", "{\"code\":\"success\",\"data\":", "{\"error\":", "{\"usage\":{\"a\":"})
    void survivesTenThousandLevels(String level) {
        var open = level.repeat(10_000);
        var closed = open + "{\"status\":\"failed\",\"id\":\"task_1\"}" + "}".repeat(10_000);
        for (var text :
                new String[] {open, closed, "{\"id\":\"task_1\",\"status\":\"running\",\"data\":" + closed + "}"}) {
            assertThat(poll(0, 200, text)).isNotInstanceOfAny(Seen.class, Missing.class, Denied.class);
            assertThat(submit(0, 200, text)).isNotInstanceOf(Accepted.class);
            submit(0, 400, text);
        }
    }

    @Test
    void survivesAMessageInAMessageInAMessage() {
        var json = "{\"status\":\"running\"}";
        for (var depth = 0; depth < 12; depth++) {
            json = JsonMapper.shared().writeValueAsString(Map.of("code", "x" + depth, "message", json));
        }
        submit(0, 400, json);
        poll(0, 400, json);
    }

    @Test
    void survivesEndlessNumbersAndNames() {
        for (var json : new String[] {
            "{\"status\":\"running\",\"progress\":" + "9".repeat(100_000) + "}",
            "{\"id\":" + "9".repeat(900) + "}",
            "{\"" + "n".repeat(100_000) + "\":1,\"status\":\"failed\"",
            "{\"id\":\"" + "i".repeat(100_000) + "\"}",
            "{\"id\":1e999999,\"task_id\":-1}",
        }) {
            poll(0, 200, json);
            assertThat(submit(0, 200, json)).satisfies(outcome -> {
                if (outcome instanceof Accepted(var id)) {
                    assertThat(id).isEqualTo("-1");
                }
            });
        }
    }

    static Stream<String> fixtures() {
        return Stream.of("submission", "query", "error").flatMap(folder -> Fixtures.all(folder).stream());
    }

    private PollOutcome poll(int round, int status, String text) {
        return read(round, status, text, polls::read);
    }

    private SubmissionOutcome submit(int round, int status, String text) {
        var outcome = read(round, status, text, submissions::read);
        assertStorable(String.valueOf(submissions.requestId(text)));
        if (!mayMean(status, outcome, text)) {
            fail("round %s, HTTP %s cannot mean %s: %s".formatted(round, status, outcome, shown(text)));
        }
        return outcome;
    }

    /** What no body can change: which outcomes a status leaves possible, and what an app is never answered with. */
    private static boolean mayMean(int status, SubmissionOutcome outcome, String text) {
        return switch (outcome) {
            case Accepted _ -> status / 100 == 2;
            case SubmissionOutcome.Unconfirmed _ -> status / 100 == 2 || status / 100 == 5;
            case SubmissionOutcome.NotSent _ ->
                status == 503 && NOTHING_SENT_ON.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
            case SubmissionOutcome.QuotaExhausted exhausted -> {
                assertStorable(String.valueOf(exhausted.shortfall()));
                yield status / 100 == 4;
            }
            case SubmissionOutcome.Refused(var told, var _) ->
                status / 100 <= 4 && told / 100 == 4 && told != 401 && told != 404 && told != 405;
            case SubmissionOutcome.Throttled _ -> status == 429;
            case SubmissionOutcome.KeyRefused _ -> status == 401 || status == 403;
            case SubmissionOutcome.Misrouted _ -> status / 100 == 3 || status == 404 || status == 405;
        };
    }

    /** Plain Java rather than assertions: this runs some hundred thousand times. */
    private static <T> T read(int round, int status, String text, Function<RawResponse, T> reader) {
        try {
            var outcome = reader.apply(new RawResponse(status, text, text));
            assertStorable(outcome);
            return outcome;
        } catch (RuntimeException | StackOverflowError thrown) {
            return fail("round %s, HTTP %s: %s".formatted(round, status, shown(text)), thrown);
        }
    }

    /** Every word of a record is in its toString: none may hold the key, U+0000 or half a character. */
    private static void assertStorable(Object outcome) {
        var words = outcome.toString();
        if (words.contains(Fixtures.KEY) || words.indexOf(0) >= 0 || !encodes(words)) {
            fail("not fit for storage: " + words);
        }
    }

    private static boolean encodes(String words) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(words));
            return encoded.hasRemaining();
        } catch (CharacterCodingException unpaired) {
            return false;
        }
    }

    private static String shown(String text) {
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    /** Whether some object, reached over {@code data} only, has a bad word for its status, or the word of an end and an error. */
    private static boolean saysFailed(String text) {
        var node = only(JsonMapper.shared().readTree(text));
        while (node.isObject()) {
            var status = node.path("status");
            var word = status.isString() ? status.stringValue().strip().toLowerCase(Locale.ROOT) : "";
            if (BAD_WORDS.contains(word) || (WORDS_OF_AN_END.contains(word) && hasError(node))) {
                return true;
            }
            var wrapper = node.path("code").asString("").equalsIgnoreCase("success");
            if (!wrapper && !status.isMissingNode() && !status.isNull()) {
                return false;
            }
            node = only(node.path("data"));
        }
        return false;
    }

    private static boolean hasError(JsonNode node) {
        var error = only(node.path("error"));
        return error.isString() || (error.isObject() && !error.isEmpty());
    }

    private static JsonNode only(JsonNode node) {
        return node.isArray() && node.size() == 1 ? node.path(0) : node;
    }

    private static byte[] mutated(byte[] original, Random random) {
        var bytes = original.clone();
        for (var times = random.nextInt(4); times >= 0; times--) {
            var at = random.nextInt(bytes.length);
            var other = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:0-e\\t".charAt(random.nextInt(12));
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bytes = spliced(bytes, Math.min(at, other), Math.max(at, other), 0);
                default -> bytes = spliced(bytes, Math.min(at, other), Math.max(at, other), 2);
            }
            if (bytes.length == 0) {
                return original;
            }
        }
        return bytes;
    }

    /** The bytes with those from {@code from} to {@code to} as often as said. */
    private static byte[] spliced(byte[] bytes, int from, int to, int copies) {
        var spliced = ByteBuffer.allocate(bytes.length + (copies - 1) * (to - from));
        spliced.put(bytes, 0, from);
        for (var copy = 0; copy < copies; copy++) {
            spliced.put(bytes, from, to - from);
        }
        return spliced.put(bytes, to, bytes.length - to).array();
    }

    private static String object(Random random, int depth) {
        var json = new StringBuilder("{");
        for (var fields = random.nextInt(7); fields > 0; fields--) {
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(FIELDS[random.nextInt(FIELDS.length)].replace("\u0000", "\\u0000"))
                    .append("\":")
                    .append(value(random, depth + 1));
        }
        return json.append('}').toString();
    }

    private static String value(Random random, int depth) {
        return switch (depth > 6 ? random.nextInt(4) : random.nextInt(8)) {
            case 0 -> random.nextBoolean() ? "null" : "true";
            case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 2, 3 -> "\"" + WORDS[random.nextInt(WORDS.length)] + "\"";
            case 4 -> "[" + value(random, depth + 1) + "]";
            default -> object(random, depth);
        };
    }
}
