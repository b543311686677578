package io.reelgate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.web.AppError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Both spellings of a key, and what is neither. */
class IdempotencyKeyHeaderTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "abc-123, abc-123",
                "`\"abc 123\"`, `abc 123`",
                "`\"a\\\"b\\\\c\"`, `a\"b\\c`",
                "` \"padded\" `, padded"
            })
    void readsQuotedStringsAndBareTokens(String header, String key) {
        assertThat(IdempotencyKeyHeader.of(request(header))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\"open", "a b", "\"bad\\escape\"", "schlüssel", "a\"b"})
    void refusesWhatIsNeither(String header) {
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> IdempotencyKeyHeader.of(request(header)))
                .matches(error -> "Idempotency-Key".equals(error.param()));
    }

    @Test
    void takes255CharactersAndNoMore() {
        assertThat(IdempotencyKeyHeader.of(request("k".repeat(255)))).hasSize(255);
        assertThatExceptionOfType(AppError.class).isThrownBy(() -> IdempotencyKeyHeader.of(request("k".repeat(256))));
    }

    @Test
    void needsNoneButNotTwo() {
        var twice = request("a");
        twice.addHeader("Idempotency-Key", "b");

        assertThat(IdempotencyKeyHeader.of(new MockHttpServletRequest())).isNull();
        assertThatExceptionOfType(AppError.class).isThrownBy(() -> IdempotencyKeyHeader.of(twice));
    }

    private static MockHttpServletRequest request(String header) {
        var request = new MockHttpServletRequest();
        request.addHeader("Idempotency-Key", header);
        return request;
    }
}
