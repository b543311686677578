package io.reelgate.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TaskOwnersTests {

    @Test
    void knowsWhichTasksAreAJobs() {
        try (var database = new OwnDatabase()) {
            var job = OwnDatabase.job();
            database.ledger.intend(job);
            database.ledger.accept(job.id(), "cgt-ours", null, Instant.now(), Duration.ZERO, Duration.ZERO, null);

            var owners = new TaskOwners(database.jdbc);

            assertThat(owners.owned(List.of("cgt-ours", "cgt-nobodys", job.id())))
                    .containsExactly("cgt-ours");
        }
    }

    /** Which is how it is for ordinary answers. */
    @Test
    void asksNothingAboutNothing() {
        JdbcClient jdbc = mock();

        assertThat(new TaskOwners(jdbc).owned(List.of())).isEmpty();

        verifyNoInteractions(jdbc);
    }
}
