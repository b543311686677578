package io.reelgate.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.upstream.VideoContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A film on its way: whole, or seen to be none. */
class FilmTransferTests {

    private final AtomicInteger left = new AtomicInteger();
    private final byte[] bytes = new byte[100_000];
    private final Pace pace = new Pace(Duration.ofSeconds(20), 1_000);

    @Test
    void sendsItAll() throws IOException {
        var reader = new ByteArrayOutputStream();

        transfer(bytes.length).run(reader);

        assertThat(reader.toByteArray()).hasSize(bytes.length);
    }

    @Test
    void saysThatLessCameThanWasAnnounced() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transfer(bytes.length + 1L).run(OutputStream.nullOutputStream()));
    }

    /** What is closed from outside reads as one that has ended. */
    @Test
    void saysThatItWasGivenUp() {
        var transfer = transfer(-1);
        var later = System.nanoTime() + Duration.ofMinutes(2).toNanos();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transfer.run(new OutputStream() {
                    @Override
                    public void write(int octet) {}

                    @Override
                    public void write(byte[] piece, int start, int length) {
                        transfer.giveUpIfTooSlow(later);
                    }
                }))
                .withMessageContaining("did not take");
        assertThat(transfer.giveUpIfTooSlow(later)).as("a second time").isFalse();
        transfer.place().close();
        assertThat(left).hasValue(1);
    }

    private FilmTransfer transfer(long length) {
        var film = new VideoContent.Stream("video/mp4", length, null, Map.of(), new ByteArrayInputStream(bytes));
        return new FilmTransfer(film, new FilmPlace("10.0.0.1", left::incrementAndGet), pace);
    }
}
