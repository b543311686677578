package io.reelgate.archive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.reelgate.archive.NoSuchFilmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemStoreTests {

    static final String JOB = "task_01a212b20a007435b0e4fa961237c8a5";

    @TempDir
    Path root;

    FilesystemStore store = new FilesystemStore(Path.of("nowhere"));

    @BeforeEach
    void prepare() throws IOException {
        store = new FilesystemStore(root);
        store.prepare(true);
    }

    @Test
    void aFilmLiesByTheLastDigitsOfItsId() throws IOException {
        store.put(JOB, film("whole"));

        assertThat(store.locationOf(JOB)).isEqualTo("c8/a5/" + JOB + ".mp4");
        assertThat(root.resolve("c8/a5/" + JOB + ".mp4")).hasContent("whole");
        assertThat(store.open(store.locationOf(JOB), 2, 3).readNBytes(3))
                .asString()
                .isEqualTo("ole");
    }

    @Test
    void oneThatIsPutAgainTakesThePlaceOfTheOlder() throws IOException {
        store.put(JOB, film("older"));
        store.put(JOB, film("newer"));

        assertThat(store.file(store.locationOf(JOB)))
                .hasValueSatisfying(file -> assertThat(file).hasContent("newer"));
    }

    @Test
    void whatIsTakenBackIsNotThereAnyMore() throws IOException {
        store.put(JOB, film("whole"));

        assertThat(store.takeBack(JOB, root.resolve("back"))).isTrue();
        assertThat(root.resolve("back")).hasContent("whole");
        assertThat(store.takeBack(JOB, root.resolve("back"))).isFalse();
        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.file(store.locationOf(JOB)));
    }

    @Test
    void whatIsDeletedTwiceIsDeleted() throws IOException {
        store.put(JOB, film("whole"));

        store.delete(store.locationOf(JOB));
        store.delete(store.locationOf(JOB));

        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.open(store.locationOf(JOB), 0, 1));
    }

    /** An empty folder where films are on record is a volume that is not mounted: nothing in it is gone, and nothing is put there. */
    @Test
    void withoutItsMarkTheFolderIsAwayAndItsFilmsAreNotGone() throws IOException {
        Files.delete(root.resolve(".reelgate-archive"));
        store.prepare(false);

        assertThatIOException().isThrownBy(() -> store.check()).withMessageContaining("not to be mounted");
        assertThatIOException()
                .isThrownBy(() -> store.file(store.locationOf(JOB)))
                .isNotInstanceOf(NoSuchFilmException.class);
        assertThatIOException().isThrownBy(() -> store.put(JOB, film("whole")));
        assertThatIOException().isThrownBy(() -> store.delete(store.locationOf(JOB)));
    }

    @Test
    void noLocationLeadsOutOfTheFolder() {
        assertThatIOException().isThrownBy(() -> store.file("../../etc/passwd"));
        assertThatIOException().isThrownBy(() -> store.delete("/etc/passwd"));
    }

    private FilmStore.Film film(String content) throws IOException {
        var file = Files.writeString(root.resolve("new"), content);
        return new FilmStore.Film(file, content.length(), "video/mp4", "00");
    }
}
