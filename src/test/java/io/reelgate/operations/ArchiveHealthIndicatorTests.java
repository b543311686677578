package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.archive.store.ArchiveWatch.Trouble;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What health says of the archive. */
class ArchiveHealthIndicatorTests {

    private final Films films = mock();
    private final ArchiveHealthIndicator indicator = new ArchiveHealthIndicator(films);

    @BeforeEach
    void begin() {
        when(films.store()).thenReturn("folder /films");
        when(films.trouble()).thenReturn(Optional.empty());
    }

    @Test
    void saysWhereFilmsAreKept() {
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsOnlyKeys("store").containsEntry("store", "folder /films");
    }

    @Test
    void saysWhyAndSinceWhenNoneCanBe() {
        var since = Instant.parse("2026-07-31T11:00:00Z");
        when(films.trouble()).thenReturn(Optional.of(new Trouble(Trouble.Kind.DISK, since, "too full")));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails())
                .containsEntry("store", "folder /films")
                .containsEntry("trouble", "too full")
                .containsEntry("since", "2026-07-31T11:00:00Z");
    }

    private Health health() {
        return indicator.health();
    }
}
