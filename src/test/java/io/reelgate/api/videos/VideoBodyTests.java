package io.reelgate.api.videos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.api.body.BodyBudget;
import io.reelgate.api.body.BodyReader;
import io.reelgate.api.intake.RequestReader;
import io.reelgate.submission.SubmissionProperties;
import io.reelgate.submission.VideoRequest;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.web.AppError;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a form or of OpenAI's JSON, and what of them is refused before anything is sent. */
class VideoBodyTests {

    private static final int LIMIT = 2 * 1024 * 1024;
    private static final String REST = "\"model\":\"doubao-seedance-2-0-fast\",\"prompt\":\"a kite\"";
    private static final String PICTURE = Base64.getEncoder().encodeToString(Form.PNG);

    private final SubmissionProperties properties = new SubmissionProperties(
            Duration.ofSeconds(1),
            DataSize.ofBytes(LIMIT),
            DataSize.ofBytes(64L * LIMIT),
            Duration.ofDays(1),
            Duration.ofSeconds(15),
            Duration.ofDays(1));
    private final BodyBudget budget = new BodyBudget(properties);
    private final BodyBudget.Reservation reservation = budget.open("app", "address");
    private final VideoBody reader = new VideoBody(new BodyReader(properties), new RequestReader(upstream()));

    @AfterEach
    void release() {
        reservation.release();
    }

    @Test
    void aFormOfTextsBecomesTheUpstreamsBody() {
        var form = Form.of("x").text("seconds", "5").text("size", "480x854").end();

        var request = form("x", form);

        assertThat(text(request)).isEqualTo("{" + REST + ",\"seconds\":\"5\",\"size\":\"480x854\"}");
        assertThat(request).returns("5", VideoRequest::seconds).returns("a kite", VideoRequest::prompt);
    }

    @Test
    void whatATextHoldsIsQuoted() {
        var odd = "a \"kite\" \\ 风筝 \u0001\n\r\n-- 😀";
        var form = new Form("x")
                .text("model", "doubao-seedance-2-0")
                .text("prompt", odd)
                .end();

        assertThat(form("x", form).prompt()).isEqualTo(odd);
    }

    @Test
    void aFileBecomesTheFirstFrame() {
        var request = form("x", Form.of("x").file("input_reference", Form.PNG).end());

        assertThat(text(request))
                .isEqualTo("{\"first_frame_image\":\"data:image/png;base64," + PICTURE + "\"," + REST + "}");
        assertThat(request.recorded()).contains("[image/png: " + Form.PNG.length + " bytes, sha256 ");
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, \u00ff\u00d8\u00ff\u00e0abcdefgh",
        "image/jpeg, \u00ff\u00d8\u00ff",
        "image/gif, GIF89a..",
        "image/gif, GIF87a..",
        "image/webp, RIFF....WEBPVP8 "
    })
    void aPictureIsKnownByItsBeginning(String type, String content) {
        var form = Form.of("x")
                .file("input_reference", content.getBytes(ISO_8859_1))
                .end();

        assertThat(text(form("x", form))).contains("\"data:" + type + ";base64,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "%PDF-1.7", "RIFF....AVI ", "GIF88a", "\u0089PNG", "x\u0089PNG\r\n\u001a\n"})
    void aFileThatIsNoPictureIsRefused(String content) {
        assertThat(refusal(Form.of("x")
                        .file("input_reference", content.getBytes(ISO_8859_1))
                        .end()))
                .returns(400, error -> error.status().value())
                .returns("input_reference", AppError::param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://files.example.com/a.png?b=c&d=%22", "HTTP://x", "data:image/png;base64,AAAA"})
    void aLinkBecomesImages(String link) {
        var form = Form.of("x").text("input_reference[image_url]", link).end();

        assertThat(text(form("x", form))).isEqualTo("{\"images\":[\"" + link + "\"]," + REST + "}");
    }

    @Test
    void theBodyIsTheSameWhateverTheBoundaryAndTheOrderOfParts() {
        var one = Form.of("x")
                .text("size", "480x854")
                .file("input_reference", Form.PNG)
                .end();
        var other = new Form("----WebKitFormBoundary7MA4YWxkTrZu0gW")
                .file("input_reference", Form.PNG)
                .text("size", "480x854")
                .text("prompt", "a kite")
                .text("model", "doubao-seedance-2-0-fast")
                .end();

        assertThat(text(form("----WebKitFormBoundary7MA4YWxkTrZu0gW", other))).isEqualTo(text(form("x", one)));
    }

    /** Parts of boundaries in contents, and contents that are longer than any buffer, however the bytes come. */
    @Test
    void theBodyIsTheSameHoweverItComes() {
        var random = new Random(20_261_128);
        var picture = Arrays.copyOf(Form.PNG, 50_000);
        for (int i = Form.PNG.length; i < picture.length; i++) {
            picture[i] = (byte) "\r\n--xy".charAt(random.nextInt(6));
        }
        System.arraycopy("\r\n--xyx\r\n--xy\r\r\n--x".getBytes(ISO_8859_1), 0, picture, 40_000, 19);
        var withoutEnd = new String(picture, ISO_8859_1)
                .replace("\r\n--xyz", "\r\n--xyy")
                .getBytes(ISO_8859_1);
        var form = Form.of("xyz")
                .file("input_reference", withoutEnd)
                .text("seconds", "5")
                .end();

        var whole = text(form("xyz", form));

        assertThat(whole).contains(Base64.getEncoder().encodeToString(withoutEnd));
        for (int piece : new int[] {1, 2, 3, 7, 61, 1_000, 16_384}) {
            assertThat(text(read(request("xyz", form, piece)))).isEqualTo(whole);
        }
        assertThat(text(read(request("xyz", form, -1)))).isEqualTo(whole);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("an unknown part", Form.of("x").text("quality", "hd"), "quality"),
                Arguments.of("an unknown file", Form.of("x").file("video", Form.PNG), "video"),
                Arguments.of("a field of the first door", Form.of("x").text("images", "a"), "images"),
                Arguments.of(
                        "an id of a file",
                        Form.of("x").text("input_reference[file_id]", "f"),
                        "input_reference[file_id]"),
                Arguments.of("a second prompt", Form.of("x").text("prompt", "b"), "prompt"),
                Arguments.of(
                        "a second file",
                        Form.of("x").file("input_reference", Form.PNG).file("input_reference", Form.PNG),
                        "input_reference"),
                Arguments.of(
                        "a file and a link",
                        Form.of("x").file("input_reference", Form.PNG).text("input_reference[image_url]", "http://a"),
                        "input_reference[image_url]"),
                Arguments.of("text for a file", Form.of("x").text("input_reference", "http://a"), "input_reference"),
                Arguments.of("a file for text", new Form("x").file("prompt", Form.PNG), "prompt"),
                Arguments.of("no prompt", new Form("x").text("model", "doubao-seedance-2-0"), "prompt"),
                Arguments.of("no model", new Form("x").text("prompt", "a kite"), "model"),
                Arguments.of("nothing", new Form("x"), "model"),
                Arguments.of("another model", new Form("x").text("prompt", "a").text("model", "sora-2"), "model"),
                Arguments.of(
                        "a file's address",
                        Form.of("x").text("input_reference[image_url]", "file:///etc/passwd"),
                        "input_reference[image_url]"),
                Arguments.of(
                        "a page as data",
                        Form.of("x").text("input_reference[image_url]", "data:text/html;base64,AA"),
                        "input_reference[image_url]"),
                Arguments.of(
                        "a quote in an address",
                        Form.of("x").text("input_reference[image_url]", "http://a/\",\"b\":\""),
                        "input_reference[image_url]"),
                Arguments.of("text that is too long", Form.of("x").text("size", "9".repeat(LIMIT / 2)), "size"),
                Arguments.of("a part without a name", Form.of("x").raw("--x\r\nA: b\r\n\r\nc\r\n"), null),
                Arguments.of("a part without headers", Form.of("x").raw("--x\r\n\r\nc\r\n"), null),
                Arguments.of("a header that is none", Form.of("x").raw("--x\r\nnothing\r\n\r\nc\r\n"), null),
                Arguments.of(
                        "an attachment",
                        Form.of("x").raw("--x\r\nContent-Disposition: attachment; name=\"size\"\r\n\r\nc\r\n"),
                        null),
                Arguments.of(
                        "a quote without an end",
                        Form.of("x").raw("--x\r\nContent-Disposition: form-data; name=\"size\r\n\r\nc\r\n"),
                        null),
                Arguments.of(
                        "two names",
                        Form.of("x").raw("--x\r\nContent-Disposition: form-data; name=size; name=b\r\n\r\nc\r\n"),
                        "size"),
                Arguments.of(
                        "a part in Base64",
                        Form.of("x")
                                .raw(
                                        "--x\r\nContent-Disposition: form-data; name=size\r\nContent-Transfer-Encoding: base64"
                                                + "\r\n\r\nYQ==\r\n"),
                        "size"),
                Arguments.of("something before it", new Form("x").raw("hello\r\n"), "Content-Type"),
                Arguments.of("something behind a boundary", Form.of("x").raw("--xyz\r\n"), "Content-Type"),
                Arguments.of("lines that end by a line feed", new Form("x").raw("--x\nA: b\n\nc\n"), "Content-Type"),
                Arguments.of("headers without an end", Form.of("x").raw("--x\r\nA: " + "b".repeat(9_000)), null),
                Arguments.of("many headers", Form.of("x").raw("--x\r\n" + "A: b\r\n".repeat(2_000)), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aFormThatIsWrongIsRefusedByThePartAtFault(String what, Form form, String param) {
        assertThat(refusal(form.end()))
                .returns(400, error -> error.status().value())
                .returns("invalid_request", AppError::code)
                .returns(param, AppError::param);
    }

    @Test
    void nothingMayFollowTheEnd() {
        assertThat(refusal(Form.of("x").raw("--x--\r\n").text("size", "9").soFar())
                        .getMessage())
                .contains("follows");
    }

    @Test
    void textThatIsNotInUtf8IsRefused() {
        var form = new String(Form.of("x").text("size", "caf\u00e9").end(), UTF_8).getBytes(ISO_8859_1);

        assertThat(refusal(form).param()).isEqualTo("size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"a\r\nb\"",
                "multipart/form-data; boundary=\u00e4",
                "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aBoundaryThatIsNoneIsRefused(String type) {
        var request = request("x", Form.of("x").end(), 1_000);
        request.setContentType(type);

        assertThat(error(request).param()).isEqualTo("Content-Type");
    }

    @Test
    void aQuotedBoundaryIsOne() {
        var request = request("x", Form.of("a b=c").end(), 1_000);
        request.setContentType("multipart/form-data; charset=utf-8; BOUNDARY=\"a b=c\"");

        assertThat(read(request).prompt()).isEqualTo("a kite");
    }

    /** Neither as a shorter body nor as a longer one that broke off. */
    @Test
    void aFormThatIsCutAnywhereIsNoForm() {
        var form = Form.of("xy")
                .file("input_reference", Form.PNG)
                .text("seconds", "5")
                .end();
        for (int length = 0; length < form.length - 2; length++) { // the last line's end may be missing
            assertThat(error(request("xy", Arrays.copyOf(form, length), 50)))
                    .as("%d bytes", length)
                    .returns(400, error -> error.status().value());
            var broken = request("xy", Arrays.copyOf(form, length), 50, form.length);
            assertThat(error(broken)).returns(400, error -> error.status().value());
        }
        assertThat(text(form("xy", Arrays.copyOf(form, form.length - 2)))).isEqualTo(text(form("xy", form)));
    }

    /** Whatever is changed, cut out, doubled: a body that is well-formed JSON, or a 4xx. */
    @Test
    void aFormThatIsSpoiltAnywhereIsTakenOrRefused() {
        var random = new Random(20_261_128);
        var good = Form.of("xy")
                .file("input_reference", Form.PNG)
                .text("seconds", "5")
                .end();
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            var form = spoilt(good, random);
            var request = request("xy", form, 1 + random.nextInt(100));
            try {
                JsonMapper.shared().readTree(read(request).body());
                taken++;
            } catch (AppError refused) {
                assertThat(refused.status().value()).isBetween(400, 499);
            }
            reservation.release();
        }
        assertThat(taken).isBetween(1_000, 19_000);
    }

    private static byte[] spoilt(byte[] good, Random random) {
        var form = good.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(form.length);
            int length = Math.min(form.length - at, random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> form[at] = (byte) random.nextInt(256);
                case 1 -> form[at] = (byte) "\r\n-xy:;\"=\\ ".charAt(random.nextInt(11));
                case 2 -> { // a piece is gone
                    System.arraycopy(form, at + length, form, at, form.length - at - length);
                    form = Arrays.copyOf(form, form.length - length);
                }
                default -> { // a piece stands twice
                    var longer = Arrays.copyOf(form, form.length + length);
                    System.arraycopy(form, at, longer, at + length, form.length - at);
                    form = longer;
                }
            }
        }
        return form;
    }

    /** The gateway reads what it needs to say no, and no more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "--x\r\n",
                "--x ",
                "--x\r\nA",
                "--x\r\nContent-Disposition: form-data; name=\"",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"input_reference\"; filename=\"a\"\r\n\r\n"
            })
    void aFormWithoutAnEndIsRefusedSoon(String beginning) {
        var endless = new Endless(beginning);
        var request = request(endless, -1);

        assertThat(error(request).status().value()).isEqualTo(400);
        assertThat(endless.read).isLessThan(64 * 1024);
    }

    @Test
    void aPictureIsTakenUpToTheLimitInBase64AndNotReadBeyondIt() {
        var endless = new Endless(
                "--x\r\nContent-Disposition: form-data; name=\"input_reference\"; filename=\"a\"\r\n\r\n" + "GIF89a");

        assertThat(error(request(endless, -1)))
                .returns(413, error -> error.status().value())
                .returns("request_too_large", AppError::code);
        assertThat(endless.read).isLessThan(LIMIT);
        var largest = Arrays.copyOf(Form.PNG, (LIMIT - 1_000) / 4 * 3);
        assertThat(form("x", Form.of("x").file("input_reference", largest).end())
                        .body())
                .hasSizeGreaterThan(LIMIT - 2_000);
    }

    @Test
    void aLengthOverTheLimitIsRefusedUnread() {
        var endless = new Endless("");

        assertThat(error(request(endless, LIMIT + 1)).status().value()).isEqualTo(413);
        assertThat(endless.read).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{§}",
                " {\"seed\": 1,\n§, \"images\":[\"http://a\"], \"metadata\":{\"input_reference\":{}}} ",
                "{§,\"input_reference\":null}",
                "{§,\"first_frame_image\":\"iVBORw0KGgo=\"}"
            })
    void jsonWithTheUpstreamsFieldsStaysAsItCame(String body) {
        assertThat(text(json(body))).isEqualTo(body.replace("§", REST));
    }

    @Test
    void aNumberOfSecondsBecomesTextAsAtTheFirstDoor() {
        assertThat(text(json("{§,\"seconds\":8}"))).isEqualTo("{" + REST + ",\"seconds\":\"8\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{§,\"input_reference\":{\"image_url\":\"http://a/b\"}}",
                "{\"input_reference\":{\"image_url\":\"http://a/b\"},§}",
                "{ \"input_reference\" : { \"image_url\" : \"http://a/b\" } , § }",
                "{\"input\\u005freference\":{\"file_id\":null,\"image_url\":\"http:\\/\\/a\\/b\"},§}"
            })
    void aReferenceBecomesImagesInItsPlace(String body) {
        var request = json(body);

        var json = JsonMapper.shared().readTree(request.body());
        assertThat(json.path("images").path(0).asString()).isEqualTo("http://a/b");
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("model", "prompt", "images");
        assertThat(request.body()).hasSameSizeAs(body.replace("§", REST).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"http://a\"",
                "1",
                "[]",
                "{}",
                "{\"image_url\":null}",
                "{\"image_url\":1}",
                "{\"image_url\":\"ftp://a\"}",
                "{\"image_url\":\"\"}",
                "{\"image_url\":\"data:text/html,x\"}",
                "{\"file_id\":\"f\"}",
                "{\"image_url\":\"http://a\",\"file_id\":\"f\"}",
                "{\"image_url\":\"http://a\",\"image_url\":\"http://b\"}",
                "{\"image_url\":\"http://a\"},\"images\":[\"http://b\"]",
                "{\"image_url\":\"http://a\"},\"input_reference\":{\"image_url\":\"http://a\"}"
            })
    void aReferenceThatIsNoneIsRefused(String reference) {
        assertThat(error(request("application/json", "{§,\"input_reference\":" + reference + "}")))
                .returns(400, error -> error.status().value())
                .returns("input_reference", AppError::param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{§,\"input_reference\":{\"image_url\":\"http://a",
                "{§,\"input_reference\":{\"image_url\":\"http://a\\",
                "{§,\"input_reference\":",
                "{§,\"input_reference\":{\"image_url\":\"http://a\"}",
                "[]",
                "",
                "nonsense"
            })
    void jsonThatIsNoneIsRefusedAsEver(String body) {
        assertThat(error(request("application/json", body)).status().value()).isEqualTo(400);
    }

    private VideoRequest form(String boundary, byte[] form) {
        return read(request(boundary, form, 1_000));
    }

    private VideoRequest json(String body) {
        return read(request("application/json", body));
    }

    private VideoRequest read(MockHttpServletRequest request) {
        return reader.parse(request, reservation);
    }

    private AppError refusal(byte[] form) {
        return error(request("x", form, 1_000));
    }

    private AppError error(MockHttpServletRequest request) {
        try {
            return assertThatExceptionOfType(AppError.class)
                    .isThrownBy(() -> {
                        try {
                            read(request);
                        } catch (BodyFailure broken) {
                            throw broken.forApps();
                        }
                    })
                    .actual();
        } finally {
            reservation.release();
        }
    }

    private static String text(VideoRequest request) {
        return new String(request.body(), UTF_8);
    }

    private static MockHttpServletRequest request(String type, String body) {
        var request = new MockHttpServletRequest();
        request.setContentType(type);
        request.setContent(body.replace("§", REST).getBytes(UTF_8));
        return request;
    }

    /** A form that comes in pieces of this size; one whose length is not announced if that is negative. */
    private static MockHttpServletRequest request(String boundary, byte[] form, int piece) {
        return request(boundary, form, piece, piece < 0 ? -1 : form.length);
    }

    private static MockHttpServletRequest request(String boundary, byte[] form, int piece, int length) {
        var request = request(
                new ByteArrayInputStream(form) {
                    @Override
                    public int read(byte[] target, int offset, int wanted) {
                        return super.read(target, offset, piece < 0 ? wanted : Math.min(piece, wanted));
                    }
                },
                length);
        request.setContentType("multipart/form-data; boundary=" + boundary);
        return request;
    }

    private static MockHttpServletRequest request(InputStream body, int length) {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return length;
            }

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(body);
            }
        };
        request.setContentType("multipart/form-data; boundary=x");
        return request;
    }

    /** Begins like this, and goes on for ever. */
    private static final class Endless extends InputStream {

        private final byte[] beginning;
        private int read;

        Endless(String beginning) {
            this.beginning = beginning.getBytes(ISO_8859_1);
        }

        @Override
        public int read() {
            return read < beginning.length ? beginning[read++] & 0xFF : next();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                target[offset + i] = (byte) read();
            }
            return length;
        }

        private int next() {
            read++;
            return ' ';
        }
    }

    private static UpstreamProperties upstream() {
        return requireNonNull(new Binder(new MapConfigurationPropertySource(
                        Map.of("reelgate.upstream.base-url", "http://127.0.0.1:1", "reelgate.upstream.api-key", "k")))
                .bindOrCreate("reelgate.upstream", UpstreamProperties.class));
    }
}
