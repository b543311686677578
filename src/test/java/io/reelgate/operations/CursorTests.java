package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.job.JobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

    @Test
    void readsTheIdThatItWasMadeOf() {
        var id = JobId.next(Instant.parse("2026-07-31T12:00:00Z"));

        assertThat(Cursor.read(Cursor.after(id))).isEqualTo(id);
    }

    @Test
    void standsInAnAddressAsItIs() {
        assertThat(Cursor.after(JobId.next(Instant.EPOCH))).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "?", "dGFza18", "not base64 at all"})
    void refusesWhatWeNeverGaveOut(String word) {
        assertRefused(word);
    }

    @Test
    void refusesAnIdOfAnotherShape() {
        var upstreams = "task_up0123456789";

        assertRefused(Base64.getUrlEncoder().encodeToString(upstreams.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assertRefused(String word) {
        assertThatExceptionOfType(OpsProblem.class)
                .isThrownBy(() -> Cursor.read(word))
                .satisfies(problem -> assertThat(problem.wrongParameter()).isEqualTo("cursor"));
    }
}
