package io.reelgate.api.intake;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.billing.VideoSpec;
import io.reelgate.submission.VideoRequest;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.web.AppError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** What is refused before anything is sent, and what goes upstream untouched. */
class RequestReaderTests {

    private static final String REST = "\"model\":\"doubao-seedance-2-0\",\"prompt\":\"a kite\"";

    private final RequestReader reader = new RequestReader(upstream(Map.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                    | ",
                "'  \n '                               | ",
                "nonsense                              | ",
                "[1]                                   | ",
                "\"text\"                              | ",
                "{\"model\":\"doubao-seedance-2-0\"    | ",
                "{§} {}                                | ",
                "{§,§}                                 | model",
                "{§,\"seed\":1,\"seed\":1}             | seed",
                "{§,\"Model\":\"other\"}               | Model",
                "{§,\"PROMPT\":\"other\"}              | PROMPT",
                "{§,\"\u017Feconds\":\"9\"}            | \u017Feconds",
                "{§,\"\\u0053ize\":\"9\"}              | Size",
                "{§,\"image\u017F\":[]}                | image\u017F",
                "{§,\"la\\u017Ft_frame_image\":\"x\"} | la\u017Ft_frame_image",
                "{§,\"mod\\u0065l\":\"gpt-4\"}        | model",
                "{\"prompt\":\"a kite\"}               | model",
                "{\"model\":null,\"prompt\":\"a\"}     | model",
                "{\"model\":\"sora\",\"prompt\":\"a\"} | model",
                "{\"model\":\"doubao-seedance-2-0\"}   | prompt",
                "{\"model\":\"doubao-seedance-2-0\",\"prompt\":\" \\n\"} | prompt",
                "{\"model\":\"doubao-seedance-2-0\",\"prompt\":5}        | prompt",
                "{\"model\":5,\"prompt\":\"a\"}        | model",
                "{§,\"seconds\":true}                  | seconds",
                "{§,\"duration\":\"5\"}                | duration",
                "{§,\"size\":480}                      | size",
                "{§,\"images\":\"https://a/b.png\"}    | images",
                "{§,\"images\":[\"https://a/b\",5]}    | images",
                "{§,\"images\":[[\"https://a/b\"]]}    | images",
                "{§,\"first_frame_image\":{}}          | first_frame_image",
                "{§,\"last_frame_image\":[]}           | last_frame_image",
                "{§,\"metadata\":\"{}\"}               | metadata"
            })
    void refusesAndNamesTheField(String body, @Nullable String param) {
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> read(body.replace("§", REST)))
                .satisfies(error -> {
                    assertThat(error.status().value()).isEqualTo(400);
                    assertThat(error.code()).isEqualTo("invalid_request");
                    assertThat(error.param()).isEqualTo(param);
                });
    }

    @Test
    void listsTheModelsItServes() {
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> read("{\"model\":\"sora\",\"prompt\":\"a\"}"))
                .withMessageContaining("doubao-seedance-2-0, doubao-seedance-2-0-fast");
        var any = new RequestReader(upstream(Map.of("reelgate.upstream.models", "*")));
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> any.read(bytes("{\"model\":\"" + "m".repeat(201) + "\",\"prompt\":\"a\"}"), _ -> {}))
                .returns("model", AppError::param);
        assertThat(any.read(bytes("{\"model\":\"sora\",\"prompt\":\"a\"}"), _ -> {})
                        .model())
                .isEqualTo("sora");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) throws Exception {
        var body = ("{" + REST + "}").getBytes(charset);

        assertThatExceptionOfType(AppError.class).isThrownBy(() -> reader.read(body, _ -> {}));
        assertThatExceptionOfType(AppError.class).isThrownBy(() -> read("\uFEFF{" + REST + "}"));
    }

    @Test
    void refusesNestingThatIsTooDeepButNotJustDeep() {
        var deep = "{" + REST + ",\"x\":" + "[".repeat(400) + "]".repeat(400) + "}";
        var tooDeep = "{" + REST + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(read(deep).body()).isEqualTo(bytes(deep));
        assertThatExceptionOfType(AppError.class).isThrownBy(() -> read(tooDeep));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "C3", "C328", "F8888080", "E228A1", "FF"})
    void refusesWhatIsNotUtf8(String hex) {
        var before = bytes("{" + REST + ",\"x\":\"a");
        var wrong = HexFormat.of().parseHex(hex);
        var body = new ByteArrayOutputStream();
        body.writeBytes(before);
        body.writeBytes(wrong);
        body.writeBytes(bytes("\",\"seconds\":\"5\"}"));

        assertThatExceptionOfType(AppError.class).isThrownBy(() -> reader.read(body.toByteArray(), _ -> {}));
    }

    @Test
    void refusesKeysOfAbsurdLengthAndNumber() {
        var many = IntStream.range(0, 200_000).mapToObj(i -> ",\"" + i + "\":0").collect(joining());

        assertThatExceptionOfType(AppError.class).isThrownBy(() -> read("{" + REST + many + "}"));
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> read("{" + REST + ",\"" + "k".repeat(100_000) + "\":0}"));
    }

    @Test
    void findsANumberBehindMoreThanAnyBufferOfTheParserHolds() {
        var body = "{\"x\":\"" + "aé手\uD83D\uDE00\\u00e9".repeat(50_000) + "\"," + REST + ",\"seconds\":  5}";

        assertThat(read(body).body()).isEqualTo(bytes(body.replace("  5}", "  \"5\"}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{§}",
                " { \"unknown\" : [ 1 , { } , null ] ,\n § }\n",
                "{§,\"seconds\":\"5\",\"size\":null,\"images\":null,\"metadata\":null,\"seconds2\":1e999999}",
                "{§,\"duration\":1e999999}",
                "{\"\\u006dodel\":\"doubao-seedance-2-0\",\"prompt\":\"\\u0000 \\ud800 \\\" \\\\\"}",
                "{§,\"metadata\":{\"content\":[{\"type\":\"image_url\"}],\"seed\":-1.50E+3,\"model\":1,\"model\":2}}"
            })
    void leavesTheBytesAsTheyCame(String body) {
        var whole = body.replace("§", REST);

        var request = read(whole);

        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(whole);
        assertThat(request.recorded()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "5e0", "-0", "1e999999", "123456789012345678901234567890"})
    void quotesANumericSecondsAndNothingElse(String number) {
        var request = read("{ \"seconds\" :\t" + number + " , " + REST + "}");

        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("{ \"seconds\" :\t\"" + number + "\" , " + REST + "}");
        assertThat(request.seconds()).isEqualTo(number);
        assertThat(read("{" + REST + ",\"seconds\":" + number + "}").body())
                .isEqualTo(bytes("{" + REST + ",\"seconds\":\"" + number + "\"}"));
    }

    @Test
    void quotesASecondsFarBehindABigString() {
        var picture = "x".repeat(100_000) + "é日本";
        var request = read("{\"first_frame_image\":\"" + picture + "\"," + REST + ",\"seconds\":7}");

        assertThat(new String(request.body(), StandardCharsets.UTF_8)).endsWith(REST + ",\"seconds\":\"7\"}");
    }

    @Test
    void keepsPicturesOutOfTheRecordButNotOutOfTheBody() throws Exception {
        var picture = new byte[90_000];
        new Random(7).nextBytes(picture);
        var base64 = Base64.getEncoder().encodeToString(picture);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
        var body = ("{§,\"first_frame_image\":\"%1$s\",\"last_frame_image\":\"data:image/png;base64,%1$s\","
                        + "\"images\":[\"data:image\\/jpeg;base64,%2$s\",\"https://example.com/a.png\"],"
                        + "\"metadata\":{\"content\":[{\"image_url\":{\"url\":\"%1$s\"}}],\"seed\":1}}")
                .formatted(base64, base64.replace("/", "\\/"))
                .replace("§", REST);

        var request = read(body);

        assertThat(request.body()).isEqualTo(bytes(body));
        var kept = JsonMapper.builder().build().readTree(request.recorded());
        assertThat(kept.path("first_frame_image").asString()).isEqualTo("[media: 90000 bytes, sha256 " + sha256 + "]");
        assertThat(kept.path("last_frame_image").asString())
                .isEqualTo("[image/png: 90000 bytes, sha256 " + sha256 + "]");
        assertThat(kept.at("/images/0").asString()).isEqualTo("[image/jpeg: 90000 bytes, sha256 " + sha256 + "]");
        assertThat(kept.at("/images/1").asString()).isEqualTo("https://example.com/a.png");
        assertThat(kept.at("/metadata/content/0/image_url/url").asString())
                .isEqualTo("[media: 90000 bytes, sha256 " + sha256 + "]");
        assertThat(kept.at("/metadata/seed").asInt()).isEqualTo(1);
    }

    @Test
    void keepsAddressesInTheFieldsOfPictures() {
        var body = "{" + REST + ",\"first_frame_image\":\"https:\\/\\/example.com/a.png\"}";

        assertThat(read(body).recorded()).isEqualTo(body);
    }

    @Test
    void tellsHowMuchTextItKeepsButCountsNoPicture() {
        var picture = "iVBORw0K".repeat(10_000);
        var words = "kite ".repeat(10_000);
        var counted = new AtomicLong();

        reader.read(
                bytes("{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"" + words + "\",\"images\":[\"" + picture
                        + "\"]}"),
                counted::addAndGet);

        // The prompt once for itself and once in the request; the picture not at all.
        assertThat(counted).hasValueBetween(2L * words.length(), 2L * words.length() + 500);
    }

    @Test
    void decodesNoTextThatThereIsNoRoomFor() {
        var full = AppError.of(503, "overloaded", "full");

        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> reader.read(bytes("{" + REST + "}"), _ -> {
                    throw full;
                }))
                .isSameAs(full);
    }

    /** Whatever is sent: a request, or an error that says so. */
    @Test
    void neverThrowsAnythingButItsOwnError() {
        var random = new Random(20260724);
        var seed = bytes(
                "{" + REST + ",\"seconds\":5,\"images\":[\"data:image/png;base64,AAAA\"],\"x\":{\"y\":[1e9,null]}}");
        for (int i = 0; i < 20_000; i++) {
            var mutant = seed.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            var body = Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length));
            try {
                reader.read(i % 2 == 0 ? mutant : body, _ -> {});
            } catch (AppError error) {
                assertThat(error.status().value()).isEqualTo(400);
            }
        }
    }

    private VideoRequest read(String body) {
        return reader.read(bytes(body), _ -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static UpstreamProperties upstream(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("reelgate.upstream", UpstreamProperties.class);
    }

    @Test
    void saysWhatDecidesTheCost() {
        var body = "{" + REST + """
                ,"duration":6,"size":"720x1280","metadata":{"resolution":"1080p","ratio":"9:16","extra":{"resolution":"4k"},
                "content":[{"type":"image_url","image_url":{"url":"https://files.example.com/a.jpg"}},
                {"type":"video_url","video_url":{"url":"https://files.example.com/a.mp4"}}]}}""";

        assertThat(read(body).film()).isEqualTo(new VideoSpec("1080p", "9:16", null, "6", "720x1280", true));
    }

    @Test
    void takesNoFilmForOneToGoByThatStandsElsewhere() {
        var body = "{" + REST + """
                ,"video_url":"a","metadata":{"video_url":"b","ratio":1,"resolution":null,"other":[{"video_url":"c"}],
                "content":[{"image_url":{"video_url":"d"}}, "video_url", [{"video_url":"e"}]]}}""";

        assertThat(read(body).film()).isEqualTo(new VideoSpec(null, null, null, null, null, false));
    }

    @Test
    void decodesNoLongWordOfWhatDecidesTheCost() {
        var body = "{" + REST + ",\"metadata\":{\"resolution\":\"" + "9".repeat(1_000) + "\",\"ratio\":\"1:1\"}}";

        assertThat(read(body).film()).isEqualTo(new VideoSpec(null, "1:1", null, null, null, false));
    }
}
