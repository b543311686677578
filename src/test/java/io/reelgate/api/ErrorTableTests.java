package io.reelgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.admission.AdmissionDecision.Reason;
import io.reelgate.submission.Failure;
import io.reelgate.submission.Failure.Kind;
import io.reelgate.web.AppError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds both descriptions of the errors, the API's and the README's, to what a submission really answers. */
class ErrorTableTests {

    /** The first cell of a row of the README's table of errors, which begins with a status. */
    private static final Pattern ROW = Pattern.compile("^\\| ([1-5]\\d\\d `[^|]*)\\|", Pattern.MULTILINE);

    /** One error of such a cell: a code stands under the last status before it. */
    private static final Pattern STATUS_OR_CODE = Pattern.compile("([1-5]\\d\\d)|`([a-z_]+)`");

    /** An error that a submission can end with, as apps know it. */
    private record Named(int status, String code) {

        static Named of(AppError error) {
            return new Named(error.status().value(), error.code());
        }
    }

    /** A refusal has whichever status and code the upstream gives it, so no table can name them. */
    static Stream<Named> errors() {
        var failures = Stream.of(Kind.values())
                .filter(kind -> kind != Kind.UPSTREAM_REFUSED)
                .map(kind -> SubmissionErrors.of(new Failure(kind, kind.code(), "words", 0, null)));
        var refusals = Stream.of(Reason.values())
                .map(reason -> SubmissionErrors.of(new AdmissionDecision.Refused(reason, "words", Duration.ZERO)));
        var keys = Stream.of(SubmissionErrors.keyReused(), SubmissionErrors.keyInFlight());
        return Stream.of(failures, refusals, keys)
                .flatMap(errors -> errors)
                .map(Named::of)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theDescriptionOfTheApiHasIt(Named error) {
        assertThat(DocumentedError.SUBMITTING.stream().map(one -> new Named(one.status(), one.code())))
                .contains(error);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theReadmeHasARowOfIt(Named error) throws IOException {
        assertThat(inReadme()).contains(error);
    }

    /** And the other way round: what the description promises, a newcomer finds in the README. */
    @ParameterizedTest
    @MethodSource("documented")
    void theReadmeHasARowOfWhatIsDescribed(Named error) throws IOException {
        assertThat(inReadme()).contains(error);
    }

    static Stream<Named> documented() {
        return Stream.of(
                        DocumentedError.ANYWHERE,
                        DocumentedError.SUBMITTING,
                        DocumentedError.LISTING,
                        DocumentedError.FINDING,
                        DocumentedError.CANCELLING,
                        DocumentedError.FETCHING)
                .flatMap(errors -> errors.stream().map(one -> new Named(one.status(), one.code())))
                .distinct();
    }

    private static Iterable<Named> inReadme() throws IOException {
        return ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(row -> named(row.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<Named> named(String cell) {
        var found = Stream.<Named>builder();
        var words = STATUS_OR_CODE.matcher(cell);
        int status = 0;
        while (words.find()) {
            if (words.group(1) != null) {
                status = Integer.parseInt(words.group(1));
            } else {
                found.add(new Named(status, words.group(2)));
            }
        }
        return found.build();
    }
}
