package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What ops see of films that are kept, wait, or are missing, and what they can do about them. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.archive.store=filesystem",
            "reelgate.archive.path=target/films-of-tests/ops",
            "reelgate.archive.min-free=1MB",
            "reelgate.archive.allowed-networks=loopback"
        })
@ExtendWith(OutputCaptureExtension.class)
class ArchiveOpsTests {

    private static final String JOBS = "/ops/api/jobs";
    private static final String SHA256 = "ab".repeat(32);

    /** Nobody listens there, so nothing is ever kept of it. */
    private static final String LINK = "http://127.0.0.1:1/a.mp4";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @BeforeEach
    void begin() {
        jdbc.sql("update archive_total set films = 0, bytes = 0").update();
    }

    @Test
    void aKeptFilmIsDescribed() {
        var id = kept();

        var film = job(id).body().path("film");

        assertThat(film.propertyNames())
                .containsExactlyInAnyOrder("state", "location", "size", "sha256", "kept_at", "tries", "error");
        assertThat(film.path("state").asString()).isEqualTo("kept");
        assertThat(film.path("location").asString()).isEqualTo("ab/cd/" + id + ".mp4");
        assertThat(film.path("size").asLong()).isEqualTo(2_345_678);
        assertThat(film.path("sha256").asString()).isEqualTo(SHA256);
        assertThat(film.path("kept_at").asString()).endsWith("Z");
        assertThat(film.path("tries").asInt()).isEqualTo(1);
        assertThat(film.path("error").isNull()).isTrue();
    }

    @Test
    void aFilmThatIsNotKeptSaysWhy() {
        var id = film("missing", "1 hour", "error = 'it broke off', tries = 7");

        assertThat(job(id).text("/film/state")).isEqualTo("missing");
        assertThat(job(id).text("/film/error")).isEqualTo("it broke off");
        assertThat(job(id).body().at("/film/tries").asInt()).isEqualTo(7);
        assertThat(job(id).body().at("/film/size").isNull()).isTrue();
        assertThat(job(succeeded("1 hour")).body().path("film").isNull()).isTrue();
    }

    @Test
    void aFilmThatIsGoneSaysSinceWhen() {
        var id = gone("1 hour");

        assertThat(job(id).text("/film/state")).isEqualTo("kept");
        assertThat(job(id).text("/film/error")).contains("gone from the store since 20");
    }

    @Test
    void aMissingFilmIsToBeKeptOnceOpsAskForIt(CapturedOutput log) {
        var id = film("missing", "1 hour", "error = 'it broke off'");

        var answer = keep(id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.id()).isEqualTo(id);
        assertThat(answer.text("/film/state")).isEqualTo("waiting");
        var event = answer.body()
                .path("timeline")
                .path(answer.body().path("timeline").size() - 1);
        assertThat(event.path("kind").asString()).isEqualTo("film_requested");
        assertThat(event.at("/detail/by").asString()).isEqualTo("ops");
        assertThat(log).contains("Job " + id + " film_requested by ops");
    }

    @Test
    void aFilmOfBeforeTheArchiveIsKeptToo() {
        assertThat(keep(succeeded("1 hour")).text("/film/state")).isEqualTo("waiting");
    }

    @Test
    void aFilmThatIsGoneIsKeptOnceMore() {
        var id = gone("1 hour");
        jdbc.sql("update archive_total set films = 1, bytes = 2345678").update();

        var film = keep(id).body().path("film");

        assertThat(film.path("state").asString()).isEqualTo("waiting");
        assertThat(film.path("location").isNull()).isTrue();
        assertThat(total()).isEqualTo("0 films, 0 bytes");
    }

    /** A film that cannot be had again stays on record as it was. */
    @Test
    void aFilmThatIsGoneForGoodStaysOneThatWasKept() {
        var id = gone("-1 hour");
        jdbc.sql("update archive_total set films = 1, bytes = 2345678").update();

        assertConflict(keep(id), "is over");

        assertThat(job(id).text("/film/state")).isEqualTo("kept");
        assertThat(job(id).text("/film/error")).contains("gone");
        assertThat(total()).isEqualTo("1 films, 2345678 bytes");
    }

    @Test
    void whatCannotBeKeptIsSaid() {
        assertConflict(keep(kept()), "kept already");
        assertConflict(keep(film("missing", "-1 hour", "error = 'x'")), "is over");
        assertConflict(keep(succeeded("-1 hour")), "is over");
        var queued = app.submit(GatewayClient.body("kite")).id();
        assertConflict(keep(queued), "is queued, so it has no film");
        assertThat(job(queued).body().path("timeline").toString()).doesNotContain("film_requested");
        assertThat(keep("task_none").status()).isEqualTo(404);
    }

    @Test
    void allThatStillCanBeKeptIsKept(CapturedOutput log) {
        film("missing", "1 hour", "error = 'x'");
        film("missing", "-1 hour", "error = 'x'");
        succeeded("1 hour");
        succeeded("-1 hour");
        kept();

        var answer = app.opsPost("/ops/api/films/keep", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().body()).isEqualTo("{\"films\":2}");
        assertThat(log).contains("2 films that were not kept are to be kept, as asked by ops");
    }

    @Test
    void jobsAreFoundByTheirFilms() {
        var kept = kept();
        var gone = gone("1 hour");
        var missing = film("missing", "1 hour", "error = 'x'");
        var waiting = film("waiting", "1 hour", "due_at = now() + interval '1 hour'");
        succeeded("1 hour");

        assertThat(found("film=kept")).containsExactly(kept);
        assertThat(found("film=waiting")).containsExactly(waiting);
        assertThat(found("film=missing")).containsExactly(missing, gone);
        assertThat(found("film=missing&limit=1")).containsExactly(missing);
        assertThat(found("film=missing&app=nobody")).isEmpty();
        assertThat(found("film=missing&app=anonymous&text=kite&status=succeeded"))
                .containsExactly(missing, gone);
        assertThat(app.ops(JOBS + ".csv?film=waiting").http().body().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(waiting));
        assertThat(app.ops(JOBS + "?film=lost").text("/parameter")).isEqualTo("film");

        var page = app.ops("/ops/jobs?film=missing").http().body();
        assertThat(page)
                .contains("row-" + gone, "row-" + missing, "/ops/jobs.csv?film=missing")
                .containsPattern("<option value=\"missing\" selected=\"selected\"")
                .doesNotContain("row-" + kept, "row-" + waiting);
    }

    @Test
    void thePageOfAJobPlaysAndDescribesItsKeptFilm() {
        var id = kept();

        var page = app.ops("/ops/jobs/" + id);

        assertThat(page.http().body())
                .contains("src=\"/v1/video/generations/" + id + "/content\"", SHA256, "2.35 MB", "ab/cd/" + id + ".mp4")
                .doesNotContain(LINK, "open-keep");
        assertThat(page.header("Content-Security-Policy")).contains("media-src 'self';");
    }

    /** Its link may lead anywhere. */
    @Test
    void thePageOfAJobPlaysAFilmThatIsNotKeptFromItsLink() {
        var id = film("waiting", "1 hour", "due_at = now() + interval '1 hour', error = 'it broke off'");

        var page = app.ops("/ops/jobs/" + id);

        assertThat(page.http().body()).contains("src=\"" + LINK + "\"", "it broke off", "open-keep", "id=\"keep\"");
        assertThat(page.header("Content-Security-Policy")).contains("media-src 'self' https: http:;");
        assertThat(app.ops("/ops/jobs").header("Content-Security-Policy")).contains("media-src 'self';");
    }

    @Test
    void theOverviewSaysHowMuchIsKeptAndWhatIsWrong() {
        kept();
        gone("1 hour");
        film("missing", "-1 hour", "error = 'x'");
        film("waiting", "2 hours", "due_at = now() + interval '1 hour', tries = 3");
        jdbc.sql("update archive_total set films = 2, bytes = 2469135780").update();

        await().untilAsserted(() -> assertThat(app.ops("/ops").http().body())
                .contains("id=\"n-films\" href=\"/ops/jobs?film=kept\">2<", "2.47 GB", "1 waiting")
                .contains("1 film is not kept yet, and the first link ends in 1 h 59 min")
                .contains("1 kept film is gone from the archive")
                .contains("1 film of the last day could not be kept"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                app.ops("/actuator/prometheus").http().body())
                        .contains("reelgate_films_waiting 1.0", "reelgate_films_stored 2.0", "reelgate_films_gone 1.0")
                        .contains("reelgate_films_ending_soon 1.0", "reelgate_films_stored_bytes 2.46913578E9"));
    }

    @Test
    void healthSaysWhereFilmsAreKept() {
        var archive = app.ops("/actuator/health/archive");

        assertThat(archive.text("/status")).isEqualTo("UP");
        assertThat(archive.text("/details/store")).contains("target/films-of-tests/ops");
        assertThat(app.ops("/actuator/health/readiness").http().body()).doesNotContain("archive");
    }

    private Answer job(String id) {
        return app.ops(JOBS + "/" + id);
    }

    private Answer keep(String id) {
        return app.opsPost(JOBS + "/" + id + "/keep", "");
    }

    private static void assertConflict(Answer answer, String detail) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/detail")).contains(detail);
    }

    private List<String> found(String filter) {
        var ids = new ArrayList<String>();
        app.ops(JOBS + "?" + filter)
                .body()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private String total() {
        return jdbc.sql("select films || ' films, ' || bytes || ' bytes' from archive_total")
                .query(String.class)
                .single();
    }

    private String kept() {
        return film("kept", "1 hour", "tries = 1");
    }

    private String gone(String linkLives) {
        return film("kept", linkLives, "tries = 1, gone_at = now()");
    }

    /** A job that ended well, and this of its film on record. */
    private String film(String state, String linkLives, @Nullable String more) {
        var id = succeeded(linkLives);
        jdbc.sql("insert into film (job_id, state, link_ends_at) values (?, ?, now() + ?::interval)")
                .params(id, state, linkLives)
                .update();
        if (state.equals("kept")) {
            jdbc.sql("""
                    update film set location = 'ab/cd/' || job_id || '.mp4', size = 2345678, sha256 = ?, type = 'video/mp4',
                      kept_at = now() where job_id = ?""").params(SHA256, id).update();
        }
        jdbc.sql("update film set " + more + " where job_id = ?").param(id).update();
        return id;
    }

    /** As if it had ended before there was an archive. */
    private String succeeded(String linkLives) {
        var id = app.submit(GatewayClient.body("kite")).id();
        jdbc.sql("delete from poll_ticket where job_id = ?").param(id).update();
        jdbc.sql("""
                update video_job set status = 'succeeded', finished_at = now(), url = ?, url_expires_at = now() + ?::interval
                where id = ?""").params(LINK, linkLives, id).update();
        return id;
    }
}
