package io.reelgate.archive.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTests {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path archive;

    @Test
    void onlyOldFilesAreAbandoned() throws Exception {
        var folder = new WorkFolder(archive);
        var ticket = new FilmTicket("task_a", UUID.randomUUID(), NOW, 0, null);
        var oldPart = old(folder.part(ticket));
        var part = Files.createFile(folder.part(new FilmTicket("task_b", UUID.randomUUID(), NOW, 0, null)));
        old(folder.whole("task_c"));
        Files.createFile(folder.whole("task_d"));

        assertThat(folder.abandoned(NOW.minus(Duration.ofHours(1)))).containsExactly("task_c");

        assertThat(oldPart).doesNotExist();
        assertThat(part).exists();
        assertThat(folder.whole("task_c")).exists();
    }

    @Test
    void aClaimRemovesThePartsOfEarlierOnesOfItsFilmAlone() throws Exception {
        var folder = new WorkFolder(archive);
        var mine = new FilmTicket("task_a", UUID.randomUUID(), NOW, 0, null);
        var earlier = Files.createFile(folder.part(new FilmTicket("task_a", UUID.randomUUID(), NOW, 0, null)));
        var others = Files.createFile(folder.part(new FilmTicket("task_b", UUID.randomUUID(), NOW, 0, null)));
        Files.createFile(folder.part(mine));

        folder.clearParts(mine);

        assertThat(earlier).doesNotExist();
        assertThat(others).exists();
        assertThat(folder.part(mine)).exists();
    }

    @Test
    void thereIsNothingToFindInAFolderThatIsNotThereYet() throws Exception {
        assertThat(new WorkFolder(archive.resolve("new")).abandoned(NOW)).isEmpty();
    }

    private static Path old(Path file) throws Exception {
        Files.createFile(file);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(2))));
    }
}
