package io.reelgate.api.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelgate.submission.SubmissionProperties;
import io.reelgate.web.AppError;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/** Holds the reading of bodies to its two limits: the size of one, and the memory for all. */
class BodyReaderTests {

    private static final int LIMIT = 100 * 1024;
    private static final int ALL = 320 * 1024;

    /** What one app or address may hold: half, but at least what it takes to put the largest body together. */
    private static final int SHARE = 2 * LIMIT;

    private final SubmissionProperties properties = new SubmissionProperties(
            Duration.ofSeconds(1),
            DataSize.ofBytes(LIMIT),
            DataSize.ofBytes(ALL),
            Duration.ofDays(1),
            Duration.ofSeconds(15),
            Duration.ofDays(1));
    private final BodyReader reader = new BodyReader(properties);
    private final BodyBudget budget = new BodyBudget(properties);
    private int strangers;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
    void readsABodyUpToTheLimit(int size) {
        assertThat(read(sized(size))).hasSize(size);
        assertThat(read(chunked(size))).hasSize(size);
    }

    @Test
    void refusesALargerOneByItsLengthWithoutReadingIt() {
        var request = sized(LIMIT + 1);
        request.setContent(null);
        var untouched = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return LIMIT + 1L;
            }

            @Override
            public ServletInputStream getInputStream() {
                throw new AssertionError("read");
            }
        };

        assertThat(refusal(untouched).status().value()).isEqualTo(413);
    }

    @Test
    void refusesALargerOneThatDoesNotTellItsLength() {
        assertThat(refusal(chunked(LIMIT + 1)))
                .returns(413, error -> error.status().value())
                .returns("request_too_large", AppError::code);
    }

    @Test
    void refusesABodyThatBreaksOff() {
        assertThat(failure(broken())).returns("incomplete_body", AppError::code);
    }

    @Test
    void refusesABodyThatEndsBeforeItsLength() {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return 100;
            }
        };
        request.setContent("{\"model\":\"m\",\"prompt\":\"p\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(failure(request)).returns("incomplete_body", AppError::code);
    }

    @Test
    void refusesWhatDoesNotFitBesideTheOthersUntilTheyAreGone() {
        var first = stranger();
        reader.read(sized(LIMIT), first);
        var second = stranger();
        reader.read(sized(LIMIT), second);

        assertThat(refusal(sized(LIMIT)))
                .returns(503, error -> error.status().value())
                .returns("overloaded", AppError::code)
                .satisfies(error -> assertThat(error.retryAfter()).isPositive());
        assertThat(refusal(chunked(LIMIT))).returns("overloaded", AppError::code);

        first.release();
        assertThat(read(sized(LIMIT))).hasSize(LIMIT);
    }

    @Test
    void chargesTextForWhatItTakesInMemory() {
        var first = stranger();
        first.growForText(21 * 1024);
        var second = stranger();

        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> second.growForText(21 * 1024))
                .returns("overloaded", AppError::code);
        first.release();
        second.growForText(21 * 1024);
    }

    @Test
    void refusesForGoodWhatCouldNeverFit() {
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> stranger().grow(SHARE + 1))
                .returns("request_too_large", AppError::code);
        stranger().grow(SHARE);
    }

    @Test
    void givesMemoryBackOnce() {
        var reservation = stranger();
        reservation.grow(LIMIT);
        reservation.release();
        reservation.release();

        // Were it given back twice, more than the whole budget would be there now.
        stranger().grow(SHARE);
        stranger().grow(ALL - SHARE);
        assertThat(catchThrowableOfType(AppError.class, () -> stranger().grow(1)))
                .isNotNull();
    }

    @Test
    void remembersNobodyWhoHoldsNothing() {
        read(sized(0));
        read(sized(LIMIT));
        stranger().release();
        refusal(chunked(LIMIT + 1));

        assertThat(budget.owners()).isZero();
    }

    @Test
    void leavesOthersRoomBesideOneApp() {
        budget.open("shop", "10.0.0.1").grow(LIMIT);
        budget.open("shop", "10.0.0.2").grow(LIMIT);

        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> budget.open("shop", "10.0.0.3").grow(1))
                .returns("overloaded", AppError::code);
        stranger().grow(ALL - SHARE);
    }

    @Test
    void leavesOthersRoomBesideOneAddressWhateverNamesItGivesItself() {
        budget.open("shop", "10.0.0.1").grow(LIMIT);
        var second = budget.open("ads", "10.0.0.1");
        second.grow(LIMIT);

        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> budget.open("toys", "10.0.0.1").grow(1))
                .returns("overloaded", AppError::code);
        var other = stranger();
        other.grow(ALL - SHARE);
        other.release();
        second.release();
        budget.open("toys", "10.0.0.1").grow(LIMIT);
    }

    @Test
    void setsMemoryAsideAsBytesArriveAndNotAsTheyAreAnnounced() {
        var seen = new ArrayList<Integer>();
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return LIMIT;
            }

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new ByteArrayInputStream(content(LIMIT)) {
                    @Override
                    public synchronized int read() {
                        if (pos % (16 * 1024) == 0) {
                            seen.add(room());
                        }
                        return super.read();
                    }
                });
            }
        };
        var reservation = stranger();

        assertThat(reader.read(request, reservation)).hasSize(LIMIT);

        assertThat(seen).startsWith(ALL - 64 * 1024).endsWith(ALL - LIMIT);
        assertThat(room()).isEqualTo(ALL - LIMIT);
        reservation.release();
        assertThat(room()).isEqualTo(ALL);
    }

    /** How many bytes could be set aside now, to the kilobyte. */
    private int room() {
        var reservations = new ArrayList<BodyBudget.Reservation>();
        try {
            while (true) {
                var reservation = stranger();
                reservation.grow(1024);
                reservations.add(reservation);
            }
        } catch (AppError full) {
            return reservations.size() * 1024;
        } finally {
            reservations.forEach(BodyBudget.Reservation::release);
        }
    }

    private BodyBudget.Reservation stranger() {
        strangers++;
        return budget.open("app-" + strangers, "10.1.0." + strangers);
    }

    private byte[] read(MockHttpServletRequest request) {
        var reservation = stranger();
        try {
            return reader.read(request, reservation);
        } finally {
            reservation.release();
        }
    }

    private AppError failure(MockHttpServletRequest request) {
        return catchThrowableOfType(BodyFailure.class, () -> read(request)).forApps();
    }

    private AppError refusal(MockHttpServletRequest request) {
        return catchThrowableOfType(AppError.class, () -> read(request));
    }

    private static MockHttpServletRequest sized(int size) {
        var request = new MockHttpServletRequest();
        request.setContent(content(size));
        return request;
    }

    private static MockHttpServletRequest chunked(int size) {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(content(size));
        return request;
    }

    private static MockHttpServletRequest broken() {
        return new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return 100;
            }

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset by peer");
                    }
                });
            }
        };
    }

    private static byte[] content(int size) {
        var content = new byte[size];
        Arrays.fill(content, (byte) ' ');
        return content;
    }
}
