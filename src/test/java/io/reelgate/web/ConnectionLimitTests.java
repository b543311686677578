package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class ConnectionLimitTests {

    @ParameterizedTest
    @CsvSource({"128, 2000", "560, 2097", "1024, 3834", "2048, 7669", "4096, 12000"})
    void goesByTheHeap(long megabytes, int connections) {
        assertThat(ConnectionLimit.of(megabytes * 1_024 * 1_024)).isEqualTo(connections);
    }

    @Test
    void isWhatOpsSetItTo() {
        var environment = new MockEnvironment().withProperty("server.tomcat.max-connections", "50");

        assertThat(new ConnectionLimit(environment).most()).isEqualTo(50);
    }
}
