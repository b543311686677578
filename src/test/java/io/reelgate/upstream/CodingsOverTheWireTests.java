package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.ScriptedUpstream.Script;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers and films that come packed though nobody asked for it. */
class CodingsOverTheWireTests {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String FILM = "film ".repeat(50_000);

    @Test
    void asksForNoCoding() throws Exception {
        try (var upstream = new ScriptedUpstream(ScriptedUpstream.answering(404, ""));
                var gateway = gateway(upstream)) {
            gateway.submit(BODY);
            gateway.client.poll("task_1").block();
            gateway.film("task_1");

            assertThat(upstream.ledger)
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.headers()).containsEntry("accept-encoding", "identity"));
        }
    }

    /** What the coding is called, and text in it. */
    interface Packer {
        byte[] pack(String text);
    }

    static Stream<Arguments> codings() {
        return Stream.of(
                Arguments.of("gzip", (Packer) Packed::gzip),
                Arguments.of("GZip", (Packer) Packed::gzipWithEveryField),
                Arguments.of("x-gzip", (Packer) Packed::gzip),
                Arguments.of("identity, gzip", (Packer) Packed::gzip),
                Arguments.of("deflate", (Packer) Packed::zlib),
                Arguments.of("deflate", (Packer) Packed::rawDeflate),
                Arguments.of("gzip", (Packer) CodingsOverTheWireTests::inTwoMembers),
                Arguments.of("gzip", (Packer) text -> text.getBytes(StandardCharsets.UTF_8)),
                Arguments.of("identity", (Packer) text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codings")
    void readsTheIdThatWasPaidFor(String coding, Packer packer) throws Exception {
        try (var upstream = new ScriptedUpstream(packed(200, coding, packer.pack(Fixtures.read("submission/seed"))));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Accepted("task_1234567890"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codings")
    void recognisesARefusalForWantOfMoney(String coding, Packer packer) throws Exception {
        var refusal = "{\"error\":{\"code\":\"insufficient_user_quota\",\"message\":\"余额不足\"}}";
        try (var upstream = new ScriptedUpstream(packed(403, coding, packer.pack(refusal)));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isInstanceOf(QuotaExhausted.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codings")
    void readsAPoll(String coding, Packer packer) throws Exception {
        try (var upstream = new ScriptedUpstream(
                        packed(200, coding, packer.pack(Fixtures.read("query/c-flat-completed"))));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_C").block()).isInstanceOf(Seen.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codings")
    void streamsAFilmUnpacked(String coding, Packer packer) throws Exception {
        try (var upstream = new ScriptedUpstream(packed(200, coding, packer.pack(FILM), "video/mp4"));
                var gateway = gateway(upstream);
                var film = (VideoContent.Stream) gateway.film("task_1")) {
            assertThat(film.body().readAllBytes()).asString().isEqualTo(FILM);
            if (!coding.equals("identity")) {
                assertThat(film.length()).isEqualTo(-1);
            }
        }
    }

    /** The coding of the message, of which new servers make no use any more. */
    @Test
    void readsWhatWasPackedForTheTransfer() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    request.body();
                    var packed = Packed.gzip(Fixtures.read("submission/seed"));
                    write(
                            socket,
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                                    + Integer.toHexString(packed.length) + "\r\n");
                    write(socket, packed);
                    write(socket, "\r\n0\r\n\r\n");
                });
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Accepted("task_1234567890"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "sk-" + Fixtures.KEY})
    void saysThatItCannotReadAnyOther(String coding) throws Exception {
        var named = coding.startsWith("sk") ? "" : " (" + coding + ")";
        var words = "the answer comes in a content coding that the gateway does not read" + named;
        try (var upstream = new ScriptedUpstream(packed(200, coding, new byte[] {1, 2, 3}));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Unconfirmed("HTTP 200, but " + words));
            assertThat(gateway.client.poll("task_1").block()).isEqualTo(new Unanswered("HTTP 200, but " + words, null));
        }
        try (var upstream = new ScriptedUpstream(packed(402, coding, new byte[] {1, 2, 3}));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY))
                    .isEqualTo(new QuotaExhausted(new UpstreamError(402, null, "It cannot be told why: " + words)));
        }
        try (var upstream = new ScriptedUpstream(packed(200, coding, new byte[] {1, 2, 3}, "video/mp4"));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1")).isEqualTo(new VideoContent.Unavailable(words));
        }
    }

    @Test
    void anAnswerWithoutABodyIsPackedInNothing() throws Exception {
        try (var upstream = new ScriptedUpstream(packed(401, "gzip", new byte[0]));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY))
                    .isInstanceOfSatisfying(
                            KeyRefused.class,
                            refused -> assertThat(refused.error().message()).contains("without saying why"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void takesNoPartForTheWhole(String what, byte[] damaged) throws Exception {
        try (var upstream = new ScriptedUpstream(packed(200, "gzip", damaged));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isInstanceOf(Unconfirmed.class);
        }
        try (var upstream = new ScriptedUpstream(packed(200, "gzip", damaged, "video/mp4"));
                var gateway = gateway(upstream);
                var film = (VideoContent.Stream) gateway.film("task_1")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> film.body().readAllBytes());
        }
    }

    static Stream<Arguments> damages() {
        var whole = Packed.gzip(Fixtures.read("submission/seed"));
        var wrong = whole.clone();
        wrong[whole.length - 8] ^= 1;
        var shorter = whole.clone();
        shorter[whole.length - 1] ^= 1;
        var odd = whole.clone();
        odd[2] = 7;
        return Stream.of(
                Arguments.of("cut within its end", Arrays.copyOf(whole, whole.length - 3)),
                Arguments.of("cut before its end", Arrays.copyOf(whole, whole.length - 8)),
                Arguments.of("cut within", Arrays.copyOf(whole, whole.length / 2)),
                Arguments.of("cut within its head", Arrays.copyOf(whole, 7)),
                Arguments.of("a wrong check sum", wrong),
                Arguments.of("a wrong length", shorter),
                Arguments.of("no known packing", odd));
    }

    /** Some 200 KB that unpack to 200 MB, within a text that would be left out and outside of any. */
    @ParameterizedTest
    @ValueSource(chars = {'A', ' '})
    void aBombCostsLittleAndIsUnreadable(char filling) throws Exception {
        var bomb = filling == ' '
                ? Packed.bomb("{\"id\":\"task_1\",\"status\":\"completed\"", ' ', 200, "}")
                : Packed.bomb("{\"id\":\"task_1\",\"status\":\"completed\",\"x\":\"", filling, 200, "\"}");
        assertThat(bomb.length).isLessThan(220_000);
        var reason =
                "the answer is larger than " + (filling == ' ' ? "1 MB (reelgate.upstream.max-answer-size)" : "64 MB");
        var before = allocated();
        try (var upstream = new ScriptedUpstream(packed(200, "gzip", bomb));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Unconfirmed("HTTP 200, but " + reason));
            assertThat(gateway.client.poll("task_1").block())
                    .isEqualTo(new Unanswered("HTTP 200, but " + reason, null));
        }
        try (var upstream = new ScriptedUpstream(packed(402, "gzip", bomb));
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY))
                    .isEqualTo(new QuotaExhausted(new UpstreamError(402, null, "It cannot be told why: " + reason)));
        }
        try (var upstream = new ScriptedUpstream(packed(500, "gzip", bomb));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1"))
                    .isEqualTo(new VideoContent.Unavailable("HTTP 500: It cannot be told why: " + reason));
        }
        assertThat(allocated() - before).isLessThan(64L * 1_024 * 1_024);
    }

    @Test
    void aBombOfAFilmIsUnpackedAsItIsRead() throws Exception {
        var bomb = Packed.bomb("", '\0', 200, "");
        try (var upstream = new ScriptedUpstream(packed(200, "gzip", bomb, "video/mp4"));
                var gateway = gateway(upstream);
                var film = (VideoContent.Stream) gateway.film("task_1")) {
            var before = allocated();
            var piece = new byte[1_024];
            var read = 0;
            while (read < 100 * 1_024 * 1_024) {
                read += film.body().read(piece);
            }
            assertThat(allocated() - before).isLessThan(16L * 1_024 * 1_024);
        }
    }

    /** Bytes of heap that this thread and those of the upstream have ever taken. */
    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(thread ->
                                thread != null && thread.getThreadName().startsWith("upstream-"))
                        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId()))
                        .sum()
                + threads.getCurrentThreadAllocatedBytes();
    }

    private static byte[] inTwoMembers(String text) {
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(Packed.gzip(text.substring(0, 7)));
        packed.writeBytes(Packed.gzip(text.substring(7)));
        return packed.toByteArray();
    }

    private static Script packed(int status, String coding, byte[] body) {
        return packed(status, coding, body, "application/json");
    }

    private static Script packed(int status, String coding, byte[] body, String type) {
        return (request, socket) -> {
            request.body();
            write(
                    socket,
                    "HTTP/1.1 " + status + " Some\r\nContent-Type: " + type + "\r\nContent-Encoding: " + coding
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            write(socket, body);
        };
    }

    private static ClientFixture gateway(ScriptedUpstream upstream) {
        return new ClientFixture(upstream.address().toString(), Map.of());
    }
}
