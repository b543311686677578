package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pastes the command line into a real shell: no text of an app's may be more to it than an argument. */
@Timeout(60)
class CurlTests {

    private static final String GATEWAY = "http://gateway.example:8080";

    /** Stands for curl, and says each of its arguments; no argument holds the byte between them. */
    private static final String SAY_ARGUMENTS = "curl() { printf '%s\\001' \"$@\"; }\n";

    static Stream<String> hostile() {
        return Stream.of(
                "",
                "it's a kite",
                "'",
                "''''",
                "'; echo broken; '",
                "'\\''",
                "\\",
                "\\'",
                "a \\\\ b \\n c",
                "\"double\" and `whoami` and $(whoami) and ${HOME} and $HOME",
                "two\nlines\n",
                "\n'\n$(echo broken)\n'",
                "a & b | c ; d > /dev/null < e # f",
                "* ? [a] ~ {a,b} !! %s %n",
                "-o /tmp/x --next",
                "@/etc/passwd",
                "\t\r\u001b[31m",
                "一只风筝 💡 \u202e");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void sendsWhateverTheAppWroteAsItIs(String text) throws Exception {
        assertThat(arguments(Objects.requireNonNull(Curl.of(GATEWAY, "shop", text))))
                .containsExactly(
                        GATEWAY + "/v1/video/generations",
                        "-H",
                        "Content-Type: application/json",
                        "-H",
                        "X-Reelgate-App: shop",
                        "--data-raw",
                        text);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void namesWhateverAppAsItIs(String text) throws Exception {
        assertThat(arguments(Objects.requireNonNull(Curl.of(GATEWAY, text, "{}"))))
                .contains("X-Reelgate-App: " + text);
    }

    /** No argument can hold it. The record cannot either, but what the shell is given need not come from there. */
    @Test
    void losesNoMoreThanTheNulThatAShellLeavesOut() throws Exception {
        var command = Objects.requireNonNull(Curl.of(GATEWAY, "shop", "a\0'$(echo broken)\0b"));

        assertThat(arguments(command)).endsWith("--data-raw", "a'$(echo broken)b");
    }

    @Test
    void isTooLongForACommandLineByTheBytesOfTheRequest() {
        assertThat(Curl.of(GATEWAY, "shop", "x".repeat(100_000))).isNotNull();
        assertThat(Curl.of(GATEWAY, "shop", "x".repeat(100_001))).isNull();
        assertThat(Curl.of(GATEWAY, "shop", "长".repeat(33_334))).isNull();
    }

    private static List<String> arguments(String command) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        try (var pasted = shell.getOutputStream()) {
            pasted.write((SAY_ARGUMENTS + command).getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        assertThat(said).endsWith("\001");
        return List.of(said.substring(0, said.length() - 1).split("\001", -1));
    }
}
