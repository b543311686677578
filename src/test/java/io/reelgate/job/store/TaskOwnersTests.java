package io.reelgate.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TaskOwnersTests {

    @Test
    void knowsWhichTasksAreAJobs() {
        try (var database = new OwnDatabase()) {
            var job = OwnDatabase.job();
            database.store.intend(job);
            database.accept(job, "cgt-ours", Duration.ZERO, null);

            var owners = new TaskOwners(database.jdbc);

            assertThat(owners.owned(List.of("cgt-ours", "cgt-nobodys", job.id()), List.of(OwnDatabase.ACCOUNT)))
                    .containsExactly("cgt-ours");
            assertThat(owners.owned(List.of("cgt-ours"), List.of(OwnDatabase.ACCOUNT + 1)))
                    .isEmpty();
        }
    }

    /** Which is how it is for ordinary answers. */
    @Test
    void asksNothingAboutNothing() {
        JdbcClient jdbc = mock();

        assertThat(new TaskOwners(jdbc).owned(List.of(), List.of(OwnDatabase.ACCOUNT)))
                .isEmpty();

        verifyNoInteractions(jdbc);
    }
}
