package io.reelgate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the reading of an order to what a whole gateway in the same heap can bear. */
class VideoOrderTests {

    @Test
    void holdsNoPicture() {
        // Longer than Jackson makes any string, so it fails if this one is made.
        var picture = new Letters(200_000_000);
        var body = new SequenceInputStream(Collections.enumeration(List.of(
                bytes("{\"images\":[\"data:image/png;base64,"),
                picture,
                bytes("\"],\"model\":\"doubao-seedance-2-0\",\"prompt\":\"a watch\"}"))));
        assertThat(VideoOrder.read(body).prompt()).isEqualTo("a watch");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** So many times the letter A, without an array that holds them. */
    private static final class Letters extends InputStream {

        private int left;

        Letters(int count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'A' : -1;
        }
    }
}
