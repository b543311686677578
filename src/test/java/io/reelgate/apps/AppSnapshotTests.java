package io.reelgate.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one replica changes the others know, without a query for each submission. */
@FullStackTest
class AppSnapshotTests {

    @Autowired
    AppRepository apps;

    @Autowired
    AppRegistry registry;

    @Autowired
    AppSnapshot here;

    @Autowired
    JdbcClient jdbc;

    AppSnapshot there;

    @BeforeEach
    void anotherReplica() {
        there = new AppSnapshot(apps, jdbc);
        there.start();
    }

    @AfterEach
    void forget() {
        registry.remove("shop", "ops");
    }

    @Test
    void knowsAtOnceWhatWasChangedHereAndSoonWhatWasElsewhere() {
        registry.put("shop", limit(30), "ops");

        assertThat(here.jobsPerMinute("shop")).isEqualTo(30);
        assertThat(there.of("shop")).isNull();
        there.refresh();
        assertThat(there.jobsPerMinute("shop")).isEqualTo(30);

        registry.remove("shop", "ops");
        there.refresh();
        assertThat(there.of("shop")).isNull();
    }

    @Test
    void looksByItself() {
        jdbc.sql("""
                with changed as (update app_revision set revision = revision + 1)
                insert into app (name, jobs_per_minute, created_at, changed_at, changed_by)
                values ('shop', 7, now(), now(), 'another replica')
                """).update();

        await().untilAsserted(() -> assertThat(here.jobsPerMinute("shop")).isEqualTo(7));
    }

    @Test
    void readsThemAllOnlyIfOneChanged() {
        registry.put("shop", limit(30), "ops");
        there.refresh();
        jdbc.sql("alter table app rename to app_away").update();
        try {
            there.look();
            assertThat(there.jobsPerMinute("shop")).isEqualTo(30);
        } finally {
            jdbc.sql("alter table app_away rename to app").update();
        }
    }

    @Test
    void keepsWhatItKnewWhileTheDatabaseIsAway() {
        registry.put("shop", limit(30), "ops");
        there.refresh();
        jdbc.sql("alter table app_revision rename to app_revision_away").update();
        try {
            there.refresh();
            assertThat(there.jobsPerMinute("shop")).isEqualTo(30);
        } finally {
            jdbc.sql("alter table app_revision_away rename to app_revision").update();
        }
    }

    private static AppSettings limit(int jobsPerMinute) {
        return new AppSettings(null, List.of(), jobsPerMinute, null, null, null);
    }
}
