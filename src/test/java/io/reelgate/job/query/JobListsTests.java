package io.reelgate.job.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.OwnDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
