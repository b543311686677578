package io.reelgate.job.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.OwnDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pages of jobs: by number, by bytes where whole prompts are in them, and by how far one query may look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobListsTests {

    private OwnDatabase database;

    @BeforeAll
    void start() {
        database = new OwnDatabase();
    }

    @AfterAll
    void end() {
        database.close();
    }

    @BeforeEach
    void begin() {
        database.jdbc.sql("truncate video_job cascade").update();
    }

    @Test
    void exportsAsManyWholePromptsAsFitIntoAPage() {
        insert(50, 100_000, "failed");

        var seen = new ArrayList<String>();
        var pages = new ArrayList<Integer>();
        String before = null;
        do {
            var page = database.lists.export(JobFilter.ALL, before);
            page.jobs().forEach(listing -> seen.add(listing.job().id()));
            assertThat(page.jobs())
                    .allSatisfy(listing -> assertThat(listing.prompt()).hasSize(100_000));
            pages.add(page.jobs().size());
            before = page.next();
        } while (before != null);

        assertThat(seen).isEqualTo(ids());
        assertThat(pages).startsWith(21, 21).allSatisfy(size -> assertThat(size).isLessThan(22));
    }

    /** One prompt alone may have more bytes than a page. */
    @Test
    void exportsAtLeastOneJobInAPage() {
        insert(3, 3_000_000, "failed");

        var first = database.lists.export(JobFilter.ALL, null);

        assertThat(first.jobs()).hasSize(1);
        assertThat(first.next()).isEqualTo(ids().getFirst());
        var last = database.lists.export(JobFilter.ALL, ids().get(1));
        assertThat(last.jobs()).hasSize(1);
        assertThat(last.next()).isNull();
        assertThat(database.lists.export(JobFilter.ALL, ids().get(2)).jobs()).isEmpty();
    }

    @Test
    void exportsShortPromptsAThousandAtATime() {
        insert(1_000, 10, "failed");
        assertThat(database.lists.export(JobFilter.ALL, null).jobs()).hasSize(1_000);

        insert(1_001, 10, "failed");
        var page = database.lists.export(JobFilter.ALL, null);
        assertThat(page.jobs()).hasSize(1_000);
        assertThat(database.lists.export(JobFilter.ALL, page.next()).jobs()).hasSize(1);
    }

    /** An app whose one job of a status lies beyond 50,000 others is told where to go on, and finds it there. */
    @Test
    void looksForARareStatusOfAnAppOnlySoFarInOneGo() {
        insert(50_010, 1, "succeeded");
        database.jdbc
                .sql(
                        "update video_job set status = 'failed' where id in (select id from video_job order by id limit 2)")
                .update();

        var first = database.lists.ofApp("shop", Set.of(JobStatus.FAILED), null, 20);
        assertThat(first.jobs()).isEmpty();
        assertThat(first.next())
                .isNotNull()
                .satisfies(next -> assertThat(JobId.looksLike(next)).isTrue());

        var second = database.lists.ofApp("shop", Set.of(JobStatus.FAILED), first.next(), 20);
        assertThat(second.jobs()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThat(database.lists
                        .ofApp("ads", Set.of(JobStatus.FAILED), null, 20)
                        .next())
                .isNull();
    }

    /** Films that wait or are missing are few, and found however far back they lie. */
    @Test
    void findsRareFilmsBehindAnyNumberOfJobs() {
        insert(50_010, 1, "succeeded");
        var oldest = ids().reversed().subList(0, 4);
        film(oldest.get(0), "waiting", false);
        film(oldest.get(1), "missing", false);
        film(oldest.get(2), "kept", true);
        film(oldest.get(3), "kept", false);

        assertThat(found(films(FilmFilter.WAITING, null))).containsExactly(oldest.get(0));
        assertThat(found(films(FilmFilter.MISSING, null))).containsExactly(oldest.get(2), oldest.get(1));
        assertThat(found(films(FilmFilter.MISSING, "ads"))).isEmpty();
        assertThat(database.lists
                        .search(films(FilmFilter.MISSING, null), null, 1)
                        .next())
                .isEqualTo(oldest.get(2));
        assertThat(database.lists
                        .search(films(FilmFilter.MISSING, null), oldest.get(2), 1)
                        .jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.job().id()).isEqualTo(oldest.get(1)));
        assertThat(database.lists.export(films(FilmFilter.MISSING, null), null).jobs())
                .hasSize(2);
    }

    /** Kept ones are many: they are looked for among so many jobs in one go. */
    @Test
    void looksForKeptFilmsOnlySoFarInOneGo() {
        insert(50_010, 1, "succeeded");
        film(ids().getLast(), "kept", false);

        var first = database.lists.search(films(FilmFilter.KEPT, null), null, 20);
        assertThat(first.jobs()).isEmpty();

        var second = database.lists.search(films(FilmFilter.KEPT, null), first.next(), 20);
        assertThat(second.jobs()).hasSize(1);
        assertThat(second.next()).isNull();
    }

    private static JobFilter films(FilmFilter film, @Nullable String app) {
        return new JobFilter(app, Set.of(), null, null, null, film, null);
    }

    private List<String> found(JobFilter filter) {
        var page = database.lists.search(filter, null, 20);
        assertThat(page.next()).isNull();
        return page.jobs().stream().map(listing -> listing.job().id()).toList();
    }

    private void film(String jobId, String state, boolean gone) {
        database.jdbc
                .sql(
                        "insert into film (job_id, state, link_ends_at, gone_at) values (?, ?, now(), case when ? then now() end)")
                .params(jobId, state, gone)
                .update();
    }

    @Test
    void givesARequestInPiecesThatFitTogether() {
        insert(1, 10, "failed");
        var whole = "{\"prompt\":\"" + "长💡a".repeat(100) + "\"}";
        database.jdbc.sql("update video_job set request = ?").param(whole).update();
        var id = ids().getFirst();

        var pieces = new StringBuilder();
        String piece;
        int from = 0;
        do {
            piece = database.texts.request(id, from, 7).orElseThrow();
            pieces.append(piece);
            from += 7;
        } while (piece.codePointCount(0, piece.length()) == 7);

        assertThat(pieces).hasToString(whole);
        assertThat(database.texts.request("task_none", 0, 7)).isEmpty();
    }

    private void insert(int jobs, int prompt, String status) {
        database.jdbc.sql("truncate video_job cascade").update();
        database.jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, status, created_at)
                select 'task_' || lpad(to_hex(1790000000000 + n), 12, '0') || '7' || repeat('0', 19), 'shop', 'fast',
                  repeat('a', ?), '{}', ?, now()
                from generate_series(1, ?) n""").params(prompt, status, jobs).update();
    }

    private List<String> ids() {
        return database.jdbc
                .sql("select id from video_job order by id desc")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
