package io.reelgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/** A flat sum at the submission, settled by the real tokens at the end, given back for a failure. */
class PurseTests {

    private static final String PURSE = "/sandbox/upstream/purse";

    private SandboxFixture sandbox = SandboxFixture.withPurse("20");

    @Test
    void aSubmissionTakesTheFlatSumAndTheSettlementLeavesWhatItCost() {
        assertThat(sandbox.submissionOf("a watch")).hasStatusOk();
        assertPurse("10.75", "9.25", 1);

        // It ends within 7.5 s, and is settled 3 s later.
        sandbox.turnTo(Duration.ofSeconds(4));
        assertPurse("10.75", "9.25", 1);
        sandbox.turnTo(Duration.ofSeconds(11));
        // 720 x 1280 x 121 / 1024 = 108,900 tokens at 37 yuan a million.
        assertPurse("15.97", "0.00", 0);
    }

    @Test
    void aFailureCostsNothing() {
        assertThat(sandbox.submissionOf("[fail]")).hasStatusOk();
        assertPurse("10.75", "9.25", 1);

        sandbox.turnTo(Duration.ofSeconds(11));
        assertPurse("20.00", "0.00", 0);
    }

    @Test
    void whatIsLostIsPaid() {
        assertThat(sandbox.submissionOf("[lost]")).hasStatusOk();

        sandbox.turnTo(Duration.ofSeconds(11));
        assertPurse("10.75", "0.00", 0);
    }

    @Test
    void aLongFilmMayCostMoreThanThereWas() {
        sandbox = SandboxFixture.withPurse("11.5");
        var body = """
                {"model":"doubao-seedance-2-0","prompt":"a","seconds":"15","size":"1920x1080"}""";
        assertThat(sandbox.submission(body)).hasStatusOk();

        sandbox.turnTo(Duration.ofSeconds(11));
        // 1920 x 1080 x 361 / 1024 = 731,025 tokens at 46 yuan a million.
        assertPurse("-22.13", "0.00", 0);
        assertThat(sandbox.submissionOf("another")).hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void withLessThanTheFlatSumEveryJobIsRefusedInTheStockWords() {
        sandbox = SandboxFixture.withPurse("10");
        assertThat(sandbox.submissionOf("one")).hasStatusOk();

        assertThat(sandbox.submissionOf("two"))
                .hasStatus(HttpStatus.FORBIDDEN)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"error":{"type":"new_api_error","code":"insufficient_user_quota",
                        "message":"预扣费额度失败, 用户剩余额度: ¥0.75, 需要预扣费额度: ¥9.25"}}""");
        assertPurse("0.75", "9.25", 1);
        assertThat(sandbox.http.get().uri("/sandbox/tasks"))
                .bodyJson()
                .extractingPath("$.length()")
                .isEqualTo(1);
    }

    @Test
    void aRefusalHealsByItselfWhenAJobOfOursEnds() {
        sandbox = SandboxFixture.withPurse("14");
        assertThat(sandbox.submissionOf("one")).hasStatusOk();
        assertThat(sandbox.submissionOf("two")).hasStatus(HttpStatus.FORBIDDEN);

        sandbox.turnTo(Duration.ofSeconds(11));
        assertThat(sandbox.submissionOf("two")).hasStatusOk();
    }

    @Test
    void whoTopsItUpIsToldWhatIsInIt() {
        sandbox = SandboxFixture.withPurse("0");
        assertThat(sandbox.submissionOf("one")).hasStatus(HttpStatus.FORBIDDEN);

        assertThat(topUp("{\"amount\": 100}"))
                .hasStatusOk()
                .hasHeader(SandboxMark.HEADER, "true")
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"balance":100.00,"held":0.00,"tasks":0,
                        "flat":{"doubao-seedance-2-0":11.50,"doubao-seedance-2-0-fast":9.25}}""");
        assertThat(sandbox.submissionOf("one")).hasStatusOk();
        assertThat(topUp("{\"amount\": -90.75}")).hasStatusOk();
        assertPurse("0.00", "9.25", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"amount\":0}",
                "{\"amount\":\"much\"}",
                "{\"amount\":1.005}",
                "{\"amount\":1e9}"
            })
    void whatIsNoSumIsRefused(String body) {
        assertThat(topUp(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.error.code")
                .isEqualTo("invalid_amount");
        assertPurse("20.00", "0.00", 0);
    }

    @Test
    void aPurseHoldsNoMoreThanAMillion() {
        topUp("{\"amount\": 1000000}").exchange();

        assertPurse("1000000.00", "0.00", 0);
    }

    @Test
    void withoutAPurseNothingCostsAnything() {
        sandbox = new SandboxFixture();

        assertThat(sandbox.submissionOf("a watch")).hasStatusOk();
        assertThat(sandbox.http.get().uri(PURSE)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(topUp("{\"amount\": 5}"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.error.message")
                .asString()
                .contains("reelgate.sandbox.purse");
    }

    @ParameterizedTest
    @CsvSource({"[slow], 1", "[timeout], 1", "[garbage], 1", "[quota], 0", "[refuse], 0", "[throttle], 0"})
    void whatTheUpstreamTookIsPaidHoweverItAnswers(String prompt, int tasks) {
        sandbox.submissionOf(prompt).asyncExchange();

        assertThat(sandbox.http.get().uri(PURSE))
                .bodyJson()
                .extractingPath("$.tasks")
                .isEqualTo(tasks);
    }

    private void assertPurse(String balance, String held, int tasks) {
        assertThat(sandbox.http.get().uri(PURSE)).bodyJson().isLenientlyEqualTo("""
                {"balance":%s,"held":%s,"tasks":%d}""".formatted(balance, held, tasks));
    }

    private MockMvcRequestBuilder topUp(String body) {
        return sandbox.http
                .post()
                .uri(PURSE)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }
}
