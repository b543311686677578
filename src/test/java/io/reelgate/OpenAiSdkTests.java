package io.reelgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.api.videos.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real SDKs drive the second door, wherever Node and npm, or Python with {@code openai}, are to be had. */
@FullStackTest
class OpenAiSdkTests {

    /** Posts JSON, unless there is a file. */
    private static final String OLDER = "6.10.0";

    /** Posts nothing but forms. */
    private static final String NEWEST = "7.59.0";

    private static final Path PAGE = Path.of("docs", "clients.md");

    @Autowired
    LedgerUpstream upstream;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\"}"));
        upstream.onContent(_ -> Answer.ok("the film").with("Content-Type", "video/mp4"));
        upstream.onSubmit(request -> request.text().contains("[quota]")
                ? Answer.of(402, "{\"error\":{\"message\":\"no money\"}}")
                : request.text().contains("[refuse]")
                        ? Answer.of(400, "{\"error\":{\"code\":\"bad_prompt\",\"message\":\"no such thing\"}}")
                        : LedgerUpstream.accepted(LedgerUpstream.newTaskId()));
    }

    @ParameterizedTest
    @CsvSource({OLDER + ", json", NEWEST + ", form"})
    void theNodeSdkFindsWhatItKnows(String version, String kind) throws Exception {
        var sdk = nodeSdk(version);
        var program = Files.writeString(
                sdk.resolve("drive.mjs"),
                new ClassPathResource("io/reelgate/openai-sdk.mjs").getContentAsString(UTF_8));

        var said = run(
                List.of("node", program.toString()),
                Map.of("PNG", Base64.getEncoder().encodeToString(Form.PNG)));

        var result = JsonMapper.shared().readTree(said.substring(said.indexOf("{\"created\"")));
        assertThat(texts(result.path("posted"))).containsExactly(kind, "form", kind, kind, kind, "form");
        assertThat(result.at("/created/status").asString()).isEqualTo("queued");
        assertThat(result.at("/created/prompt").asString()).isEqualTo("a kite");
        assertThat(result.at("/ended/status").asString()).isEqualTo("completed");
        assertThat(result.path("film").asString()).isEqualTo("the film");
        assertThat(texts(result.path("listed"))).isEqualTo(texts(result.path("ids")));
        assertFailed(result.path("refused"), 400, "bad_prompt");
        assertFailed(result.path("broke"), 402, "insufficient_quota");
        assertThat(result.at("/broke/message").asString()).contains("no money");
        assertFailed(result.path("noPicture"), 400, "invalid_request");
        assertThat(result.at("/noPicture/param").asString()).isEqualTo("input_reference");
        assertFailed(result.path("sent"), 409, "not_cancellable");
        assertFailed(result.path("unknown"), 404, "task_not_found");
        assertThat(upstream.submissions())
                .as("each once, whatever the SDK would repeat")
                .hasSize(5);
        assertThat(upstream.submissions().get(1).text()).contains("\"first_frame_image\":\"data:image/png;base64,");
        assertThat(upstream.submissions().get(2).text()).contains("\"images\":[\"https://a.example/b.png\"]");
    }

    @Test
    void theNodeProgramOfThePageSavesTheFilm() throws Exception {
        var program = Files.writeString(nodeSdk(NEWEST).resolve("film.mjs"), block("javascript"));

        savesTheFilm(List.of("node", program.toString()));
    }

    @Test
    void thePythonProgramOfThePageSavesTheFilm() throws Exception {
        if (!works(List.of("python3", "-c", "import openai; openai.OpenAI(api_key='x').videos"))) {
            skip("python3 has no package openai with videos");
        }
        var program = Files.writeString(folder.resolve("film.py"), block("py"));

        savesTheFilm(List.of("python3", program.toString()));
    }

    private void savesTheFilm(List<String> command) throws Exception {
        var said = run(command, Map.of());

        assertThat(folder.resolve("film.mp4")).as(said).hasContent("the film");
        assertThat(said).contains("Job task_", "Saved ");
        assertThat(upstream.submissions()).hasSize(1);
    }

    private static void assertFailed(JsonNode failure, int status, String code) {
        assertThat(failure.path("status").asInt()).isEqualTo(status);
        assertThat(failure.path("code").asString()).isEqualTo(code);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static String block(String language) throws IOException {
        var block = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("%s has a block of %s", PAGE, language).isTrue();
        return block.group(1);
    }

    /** The folder that the SDK is installed in, once for all runs. */
    private Path nodeSdk(String version) throws Exception {
        if (!works(List.of("node", "-e", "File")) || !works(List.of("npm", "--version"))) {
            skip("Node 20 or later, or npm, is not installed");
        }
        var sdk = Files.createDirectories(Path.of("target", "openai-sdk", version));
        if (!Files.exists(sdk.resolve("node_modules/openai/package.json"))
                && !works(List.of(
                        "npm",
                        "install",
                        "--prefix",
                        sdk.toAbsolutePath().toString(),
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "openai@" + version))) {
            skip("npm cannot install openai " + version);
        }
        return sdk.toAbsolutePath();
    }

    private static void skip(String why) {
        System.out.println("SKIPPED, the OpenAI SDK drives nothing here: " + why);
        abort(why);
    }

    private boolean works(List<String> command) throws Exception {
        try {
            return ended(new ProcessBuilder(command), Files.createTempFile(folder, "said", ".txt")) == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private String run(List<String> command, Map<String, String> environment) throws Exception {
        var said = Files.createTempFile(folder, "said", ".txt");
        var process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        process.environment().put("REELGATE", "http://127.0.0.1:" + port);
        process.environment().put("FILM", folder.resolve("film.mp4").toString());
        process.environment().put("EVERY", "1");
        int code = ended(process, said);
        var text = Files.readString(said);
        assertThat(code).as(text).isZero();
        return text;
    }

    private static int ended(ProcessBuilder command, Path said) throws Exception {
        var process =
                command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            return process.waitFor(3, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }
}
