package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.FilmFilter;
import io.reelgate.job.query.JobFilter;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The search's parameters. */
class JobQueryTests {

    @Test
    void asksForTheNewestFiftyOfAllJobsByItself() {
        assertThat(query("")).isEqualTo(new JobQuery(JobFilter.ALL, null, 50));
    }

    /** A form sends each of its fields. */
    @Test
    void takesAnEmptyParameterForAnAbsentOne() {
        assertThat(query("app=&status=&model= &from=&to=&film=&text= &limit=&cursor="))
                .isEqualTo(query(""));
    }

    @Test
    void readsEachParameter() {
        var last = JobId.next(Instant.EPOCH);

        assertThat(query(
                        "app=shop&status=failed&model=fast&from=2026-07-20&to=2026-07-21T08:00:00Z&film=Missing&text=kite&limit=7"
                                + "&cursor=" + Cursor.after(last)))
                .isEqualTo(new JobQuery(
                        new JobFilter(
                                "shop",
                                Set.of(JobStatus.FAILED),
                                "fast",
                                Instant.parse("2026-07-20T00:00:00Z"),
                                Instant.parse("2026-07-21T08:00:00Z"),
                                FilmFilter.MISSING,
                                "kite"),
                        last,
                        7));
    }

    @Test
    void leavesTheSpacesAroundAValueOut() {
        var query = query("app= shop &text= red kite ");

        assertThat(query.filter().app()).isEqualTo("shop");
        assertThat(query.filter().text()).isEqualTo("red kite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=queued,in_progress",
                "status=queued&status=in_progress",
                "status= queued , ,in_progress,&status=",
                "status=QUEUED,queued,In_Progress"
            })
    void readsSeveralStatuses(String address) {
        assertThat(query(address).filter().statuses())
                .containsExactlyInAnyOrder(JobStatus.QUEUED, JobStatus.IN_PROGRESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200})
    void takesALimitFromOneToTwoHundred(int limit) {
        assertThat(query("limit=" + limit).limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 201",
        "limit, -1",
        "limit, 1.5",
        "limit, ten",
        "limit, 99999999999",
        "limit, ٣",
        "status, done",
        "status, 'queued,done'",
        "film, lost",
        "from, yesterday",
        "to, 1969-12-31",
        "cursor, abc"
    })
    void namesTheParameterThatIsWrong(String name, String value) {
        assertWrong(name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "model", "text"})
    void takesNoTextThatIsTooLong(String name) {
        assertThat(query(name + "=" + "x".repeat(1_000))).isNotNull();
        assertWrong(name, "x".repeat(1_001));
    }

    /** PostgreSQL would refuse it. */
    @Test
    void looksForNothingThatCannotBeOnRecord() {
        var parameters = new LinkedMultiValueMap<String, String>();
        parameters.add("text", "a\0b\uD83D");

        assertThat(JobQuery.of(parameters).filter().text()).isEqualTo("a\uFFFDb\uFFFD");
    }

    private static JobQuery query(String address) {
        return JobQuery.of(parameters(address));
    }

    private static MultiValueMap<String, String> parameters(String address) {
        return new LinkedMultiValueMap<>(
                UriComponentsBuilder.newInstance().query(address).build().getQueryParams());
    }

    private static void assertWrong(String name, String value) {
        var parameters = new LinkedMultiValueMap<String, String>();
        parameters.add(name, value);

        assertThatExceptionOfType(OpsProblem.class)
                .isThrownBy(() -> JobQuery.of(parameters))
                .satisfies(problem -> {
                    assertThat(problem.wrongParameter()).isEqualTo(name);
                    assertThat(problem.status().value()).isEqualTo(400);
                    assertThat(problem.detail()).startsWith(name + " must ");
                });
    }
}
