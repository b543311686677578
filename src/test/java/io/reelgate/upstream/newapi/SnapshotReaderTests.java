package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.Snapshot.Failure;
import io.reelgate.upstream.Snapshot.TaskStatus;
import io.reelgate.upstream.Snapshot.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape of a task, from queued to its end. */
class SnapshotReaderTests {

    private static final String SIGNED = "https://ark-content.tos-cn-beijing.volces.com/doubao-seedance-2-0/0217.mp4"
            + "?X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Date=20260731T020304Z&X-Tos-Expires=86400"
            + "&X-Tos-Signature=ab12&X-Tos-SignedHeaders=host";
    private static final String PLAIN = "https://cdn.example.com/films/task_1.mp4";
    private static final Instant SIGNED_UNTIL = Instant.parse("2026-08-01T02:03:04Z");

    private final SnapshotReader reader = Fixtures.snapshots();

    @ParameterizedTest
    @CsvSource({
        "a-wrapped-not-start, QUEUED, 0",
        "a-wrapped-submitted, QUEUED, 10",
        "a-wrapped-queued, QUEUED, 20",
        "a-wrapped-unknown, QUEUED,",
        "a-wrapped-in-progress, IN_PROGRESS, 50",
        "a-chained-inner-wrapper, IN_PROGRESS, 30",
        "b-simple-queued, QUEUED,",
        "b-simple-processing, IN_PROGRESS,",
        "c-flat-queued, QUEUED,",
        "c-flat-in-progress, IN_PROGRESS,",
        "d-video-queued, QUEUED, 0",
        "d-video-unknown, QUEUED, 0",
        "d-video-in-progress, IN_PROGRESS, 42",
        "e-page-running, IN_PROGRESS, 50",
        "f-no-url-in-progress, IN_PROGRESS, 35",
        "odd-status-word, UNCLEAR, 10",
        "odd-status-number, UNCLEAR,",
        "odd-status-object, UNCLEAR,",
        "odd-huge-numbers, IN_PROGRESS,",
        "odd-other-wrapper, IN_PROGRESS,",
        "odd-url-while-running, IN_PROGRESS,",
        "array-of-one-running, IN_PROGRESS, 30",
        "array-on-top-running, IN_PROGRESS, 30",
        "empty-error-running, IN_PROGRESS, 30",
        "end-done-nothing, UNCLEAR,",
        "end-rejected-no-reason, UNCLEAR,",
        "error-word, UNCLEAR,",
    })
    void seesATaskOnItsWay(String fixture, TaskStatus status, @Nullable Integer progress) {
        var snapshot = read(fixture);
        assertThat(snapshot)
                .isEqualTo(new Snapshot(status, progress, null, null, null, null, null, snapshot.taskIds()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-wrapped-success",
                "a-wrapped-success-url-inside-only",
                "a-chained-success",
                "d-video-completed"
            })
    void seesASignedFilmAndItsEnd(String fixture) {
        var snapshot = read(fixture);

        assertThat(snapshot.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(snapshot.progress()).isEqualTo(100);
        assertThat(snapshot.url()).startsWith(SIGNED);
        assertThat(snapshot.urlExpiresAt()).isEqualTo(SIGNED_UNTIL);
        assertThat(snapshot.failure()).isNull();
    }

    @Test
    void prefersTheOuterAddressToTheProvidersOwn() {
        assertThat(read("a-wrapped-success").url()).isEqualTo(SIGNED);
        assertThat(read("a-wrapped-success-url-inside-only").url()).isEqualTo(SIGNED + "&inner=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-wrapped-success-url-in-fail-reason",
                "b-simple-succeeded",
                "c-flat-completed",
                "e-page-completed",
                "array-of-one-completed",
                "end-done",
                "end-succeed",
                "end-finished",
                "end-complete",
                "end-completed-error-and-link",
                "usage-decimal",
                "link-video-url",
                "link-data-video-url",
                "link-video",
                "link-videos",
                "link-videos-text",
                "link-output-text",
                "link-output-list",
                "link-output-list-url",
                "link-output-list-video-url",
                "link-output-cover-first",
                "link-output-type",
                "link-content-video-url",
                "link-result-url-empty",
                "link-result-url-picture",
                "link-task-result"
            })
    void seesAFilmWithoutAnEnd(String fixture) {
        var snapshot = read(fixture);

        assertThat(snapshot.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(snapshot.url()).isEqualTo(PLAIN);
        assertThat(snapshot.urlExpiresAt()).isNull();
        assertThat(snapshot.failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f-no-url-success",
                "a-wrapped-success-url-behind-key",
                "odd-url-schemes",
                "end-done-link-behind-key",
                "end-done-usage-only",
                "end-completed-error-that-is-none",
                "link-pictures-only",
                "link-of-the-input-only"
            })
    void seesASuccessWithoutAnAddressThatAnAppCouldUse(String fixture) {
        assertThat(read(fixture).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(read(fixture).url()).isNull();
    }

    @Test
    void takesNoAddressThatHoldsTheKey() {
        var json = "{\"status\":\"completed\",\"url\":\"https://x.example/f.mp4?key=" + Fixtures.KEY + "\"}";

        assertThat(reader.read(Objects.requireNonNull(Json.object(json))))
                .isEqualTo(new Snapshot(TaskStatus.SUCCEEDED, null, null, null, null, null, null, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "a-wrapped-success, task_A|4711",
        "a-chained-success, task_A|4711",
        "a-chained-inner-wrapper, task_A|4711",
        "a-wrapped-failure-inner-running, task_A|4711",
        "b-simple-processing, task_B",
        "d-video-completed, task_D",
        "e-page-completed, task_E",
        "e-page-running, ''"
    })
    void seesTheIdsOfTheTaskItselfAndNotOfWhatIsInside(String fixture, String ids) {
        assertThat(read(fixture).taskIds()).isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split("\\|")));
    }

    @Test
    void seesNoIdThatIsNoneOrHoldsTheKey() {
        var json = "{\"status\":\"running\",\"id\":\"a b\\u0000\",\"task_id\":\"task_" + Fixtures.KEY + "\"}";

        assertThat(Objects.requireNonNull(reader.read(Objects.requireNonNull(Json.object(json))))
                        .taskIds())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-wrapped-success", "d-video-completed", "d-video-failed", "f-no-url-success"})
    void seesWhenItEnded(String fixture) {
        assertThat(read(fixture).endedAt()).isEqualTo(Instant.ofEpochSecond(1_784_517_755));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f-no-url-in-progress", "a-wrapped-failure", "c-flat-completed"})
    void seesNoEndThatIsNotOneOrIsNotTold(String fixture) {
        assertThat(read(fixture).endedAt()).isNull();
    }

    @Test
    void takesAnEndInMillisecondsToo() {
        var json = "{\"status\":\"completed\",\"finished_at\":\"1784517755123\"}";

        assertThat(Objects.requireNonNull(reader.read(Objects.requireNonNull(Json.object(json))))
                        .endedAt())
                .isEqualTo(Instant.ofEpochMilli(1_784_517_755_123L));
    }

    @Test
    void findsTheUsageWhereverItStands() {
        var counted = new Usage(108_900L, 108_900L);

        assertThat(read("a-wrapped-success").usage()).isEqualTo(counted);
        assertThat(read("a-chained-success").usage()).isEqualTo(counted);
        assertThat(read("e-page-completed").usage()).isEqualTo(counted);
        assertThat(read("usage-decimal").usage()).isEqualTo(counted);
        assertThat(read("usage-decimal-text").usage()).isEqualTo(counted);
        assertThat(read("end-done-usage-only").usage()).isEqualTo(counted);
        assertThat(read("c-flat-completed").usage()).isNull();
        assertThat(read("a-wrapped-failure-inner-succeeded").usage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "108900, 108900",
        "108900.0, 108900",
        "1.089E5, 108900",
        "1.089e+5, 108900",
        "'\"108900\"', 108900",
        "'\"108900.000\"', 108900",
        "'\"1.089E5\"', 108900",
        "'\" 108900.0 \"', 108900",
        "0, 0",
        "0.0, 0",
        "108900.5,",
        "'\"108900.5\"',",
        "-1,",
        "-1.0,",
        "1e400,",
        "1E18,",
        "'\"1e999999999\"',",
        "'\"1e-5\"',",
        "'\"NaN\"',",
        "'\"0x1p3\"',",
        "'\"108,900\"',",
        "123456789012345678901234567890,",
        "123456789012345678.0,",
        "true,"
    })
    void readsACountOrNone(String json, @Nullable Long count) {
        var usage = readJson(
                        "{\"status\":\"completed\",\"usage\":{\"completion_tokens\":" + json + ",\"total_tokens\":7}}")
                .usage();

        assertThat(usage).isEqualTo(new Usage(count, 7L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "end-completed-error | content_policy | The output was withheld.",
                "end-completed-error-text | | The output was withheld.",
                "end-done-error | content_policy | The output was withheld.",
                "end-canceled | canceled | Canceled by the administrator.",
                "end-rejected | | The input image shows a real person.",
                "a-wrapped-failure | OutputVideoSensitiveContentDetected | The output video may contain sensitive information.",
                "a-wrapped-failure-inner-running | | 任务超时（超过 24 小时）",
                "a-wrapped-failure-inner-succeeded | | task timeout",
                "a-wrapped-failure-text-in-result-url | | upstream returned an empty film",
                "a-wrapped-failure-json-in-fail-reason | | The input image may contain sensitive information."
                        + " (InputImageSensitiveContentDetected)",
                "b-simple-failed | 1026 | content policy",
                "c-flat-failed | 500 | generation failed",
                "d-video-failed | content_policy | The request was rejected.",
                "e-page-failed | | The upstream reported a failure without saying why.",
                "f-no-url-failure | | upstream timeout",
            })
    void seesAFailureAndItsReason(String fixture, @Nullable String code, String message) {
        var snapshot = read(fixture);

        assertThat(snapshot.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(snapshot.failure()).isEqualTo(new Failure(code, message));
        assertThat(snapshot.url()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "{}",
                "[]",
                "false",
                "{\"code\":0,\"message\":\"\"}",
                "{\"code\":\"0\",\"message\":\"ok\"}",
                "{\"code\":1000,\"message\":\"Success\"}",
                "{\"code\":null,\"message\":null}",
                "\"none\""
            })
    void takesAnErrorThatIsNoneForNone(String error) {
        assertThat(readJson("{\"status\":\"completed\",\"error\":" + error + "}")
                        .status())
                .isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(readJson("{\"code\":0,\"error\":" + error + ",\"data\":{\"status\":\"running\"}}")
                        .status())
                .isEqualTo(TaskStatus.IN_PROGRESS);
    }

    /** {@code videos} is a field of the request too. */
    @Test
    void prefersTheProvidersFilmToWhatMayBeTheRequestsOwn() {
        var json = "{\"status\":\"completed\",\"videos\":[\"https://x.example/reference.mp4\"],"
                + "\"data\":{\"content\":{\"video_url\":\"" + PLAIN + "\"}}}";

        assertThat(readJson(json).url()).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "cancelled, FAILED",
        "Canceled, FAILED",
        "rejected, UNCLEAR",
        "done, UNCLEAR",
        "finished, UNCLEAR",
        "Expired, FAILED",
        "TIMEOUT, FAILED",
        "' Succeeded ', SUCCEEDED",
        "pending, QUEUED",
        "'', UNCLEAR",
        "fail, UNCLEAR",
        "error, UNCLEAR"
    })
    void foldsTheCaseOfStatusWords(String word, TaskStatus status) {
        assertThat(readJson("{\"status\":\"" + word + "\"}").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "100, 100",
        "'\"7%\"', 7",
        "'\"8\"', 8",
        "'\" 9 % \"', 9",
        "12.9, 12",
        "'\"33.3%\"', 33",
        "101,",
        "-1,",
        "'\"half\"',",
        "true,",
        "[],",
        "1e999999,",
        "'\"200%\"',",
        "99999999999999999999,"
    })
    void readsAPercentageOrNone(String json, @Nullable Integer progress) {
        assertThat(readJson("{\"status\":\"running\",\"progress\":" + json + "}")
                        .progress())
                .isEqualTo(progress);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":null}",
                "{\"id\":\"task_1\",\"progress\":50}",
                "{\"code\":\"success\",\"data\":null}",
                "{\"code\":\"success\",\"data\":{}}",
                "{\"error\":{\"message\":\"failed\"},\"data\":{\"status\":\"failed\"}}",
                "{\"code\":\"invalid_response\",\"data\":{\"status\":\"failed\"}}"
            })
    void seesNoTaskWhereNoneIsDescribed(String json) {
        assertThat(reader.read(Objects.requireNonNull(Json.object(json)))).isNull();
    }

    private Snapshot read(String fixture) {
        return readJson(Fixtures.read("query/" + fixture));
    }

    private Snapshot readJson(String json) {
        return Objects.requireNonNull(reader.read(Objects.requireNonNull(Json.object(json))));
    }
}
