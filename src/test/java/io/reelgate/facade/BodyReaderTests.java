package io.reelgate.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelgate.submission.SubmissionProperties;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
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
    private static final int ALL = 256 * 1024;

    private final SubmissionProperties properties = new SubmissionProperties(
            Duration.ofSeconds(1),
            DataSize.ofBytes(LIMIT),
            DataSize.ofBytes(ALL),
            Duration.ofDays(1),
            Duration.ofSeconds(15),
            Duration.ofDays(1));
    private final BodyReader reader = new BodyReader(properties);
    private final BodyBudget budget = new BodyBudget(properties);

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
        assertThat(refusal(broken())).returns("incomplete_body", AppError::code);
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

        assertThat(refusal(request)).returns("incomplete_body", AppError::code);
    }

    @Test
    void refusesWhatDoesNotFitBesideTheOthersUntilTheyAreGone() {
        var first = budget.open();
        reader.read(sized(LIMIT), first);
        var second = budget.open();
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
        var first = budget.open();
        first.growForText(30 * 1024);
        var second = budget.open();

        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> second.growForText(30 * 1024))
                .returns("overloaded", AppError::code);
        first.release();
        second.growForText(30 * 1024);
    }

    @Test
    void refusesForGoodWhatCouldNeverFit() {
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> budget.open().growForText(ALL))
                .returns("request_too_large", AppError::code);
        budget.open().grow(ALL);
    }

    @Test
    void givesMemoryBackOnce() {
        var reservation = budget.open();
        reservation.grow(LIMIT);
        reservation.release();
        reservation.release();

        // Were it given back twice, more than the whole budget would be there now.
        var all = budget.open();
        all.grow(ALL);
        assertThat(catchThrowableOfType(AppError.class, () -> budget.open().grow(1)))
                .isNotNull();
    }

    private byte[] read(MockHttpServletRequest request) {
        var reservation = budget.open();
        try {
            return reader.read(request, reservation);
        } finally {
            reservation.release();
        }
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
