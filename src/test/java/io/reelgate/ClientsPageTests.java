package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelgate.LedgerUpstream.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Runs the programs of {@code docs/clients.md} as they stand there, each wherever what it needs is installed. */
@FullStackTest
class ClientsPageTests {

    private static final Path PAGE = Path.of("docs", "clients.md");
    private static final String FAILED =
            "{\"status\":\"failed\",\"error\":{\"code\":\"odd\",\"message\":\"too windy\"}}";

    /** A program of the page. */
    enum Client {
        SH("sh", "film.sh", List.of("curl", "--version")),
        PYTHON("python", "film.py", List.of("python3", "-c", "import requests")),
        NODE("js", "film.mjs", List.of("node", "-e", "fetch")),
        JAVA("java", "Film.java", List.of(java(), "-version"));

        private final String language;
        private final String file;
        private final List<String> needs;

        Client(String language, String file, List<String> needs) {
            this.language = language;
            this.file = file;
            this.needs = needs;
        }

        private static String java() {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }

        /** Takes the program from the page, and says how to start it. */
        List<String> saved(Path folder) throws IOException {
            var block = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(Files.readString(PAGE));
            assertThat(block.find()).as("%s has a block of %s", PAGE, language).isTrue();
            var source = Files.writeString(folder.resolve(file), block.group(1));
            return switch (this) {
                case SH -> List.of("sh", source.toString());
                case PYTHON -> List.of("python3", source.toString());
                case NODE -> List.of("node", source.toString());
                case JAVA -> compiled(source, folder);
            };
        }

        private static List<String> compiled(Path source, Path folder) {
            var classes = System.getProperty("java.class.path");
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", classes, "-d", folder.toString(), source.toString());
            assertThat(result).as("the compiler's result").isZero();
            return List.of(java(), "-cp", folder + System.getProperty("path.separator") + classes, "Film");
        }
    }

    /** How a program ended, and what it said. */
    record Run(int code, String said) {}

    @Autowired
    LedgerUpstream upstream;

    /** Each program is taken, or compiled, once. */
    @TempDir
    static Path programs;

    private static final Map<Client, List<String>> COMMANDS = new EnumMap<>(Client.class);

    @TempDir
    Path folder;

    int port;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        this.port = port;
        upstream.reset();
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\"}"));
        upstream.onContent(_ -> Answer.ok("the film").with("Content-Type", "video/mp4"));
    }

    @ParameterizedTest
    @EnumSource
    void savesTheFilm(Client client) throws Exception {
        var run = run(client);

        assertThat(run.code()).as(run.said()).isZero();
        assertThat(folder.resolve("film.mp4")).hasContent("the film");
        assertThat(upstream.submissions()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheSameAgainAsLateAsItIsTold(Client client) throws Exception {
        var tries = new AtomicInteger();
        upstream.onSubmit(_ -> tries.incrementAndGet() < 3
                ? Answer.of(429, "{}").with("Retry-After", "1")
                : LedgerUpstream.accepted(LedgerUpstream.newTaskId()));

        var run = run(client);

        assertThat(run.code()).as(run.said()).isZero();
        assertThat(run.said()).contains("the same again in 1 s");
        assertThat(upstream.submissions()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhenTheBalanceIsEmpty(Client client) throws Exception {
        upstream.onSubmit(_ -> Answer.of(402, "{\"error\":{\"message\":\"no money\"}}"));

        var run = run(client);

        assertThat(run.code()).as(run.said()).isEqualTo(2);
        assertThat(run.said()).contains("no money");
        assertThat(upstream.submissions()).hasSize(1);
    }

    /** One program after another has the same key, so it must find the job that the first one left. */
    @ParameterizedTest
    @EnumSource
    void neverSendsAnUnknownJobAgain(Client client) throws Exception {
        upstream.onSubmit(_ -> Answer.ok("rubbish"));

        var first = run(client, "PATIENCE", "2");
        var second = run(client, "PATIENCE", "2");

        assertThat(first.code()).as(first.said()).isEqualTo(3);
        assertThat(second.code()).as(second.said()).isEqualTo(3);
        assertThat(upstream.submissions()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyThereIsNoFilm(Client client) throws Exception {
        upstream.onPoll(_ -> Answer.ok(FAILED));

        var run = run(client);

        assertThat(run.code()).as(run.said()).isEqualTo(1);
        assertThat(run.said()).contains("too windy");
    }

    private Run run(Client client, String... more) throws Exception {
        if (!COMMANDS.containsKey(client)) {
            assumeTrue(there(client), () -> client + " needs what is not installed: " + client.needs);
            COMMANDS.put(client, client.saved(programs));
        }
        var command = new ProcessBuilder(COMMANDS.get(client));
        var environment = command.environment();
        environment.put("REELGATE", "http://127.0.0.1:" + port);
        environment.put("BODY", GatewayClient.body("kite"));
        environment.put("KEY", folder.getFileName().toString());
        environment.put("FILM", folder.resolve("film.mp4").toString());
        environment.put("EVERY", "1");
        environment.put("PATIENCE", "90");
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return ended(command);
    }

    private boolean there(Client client) throws Exception {
        try {
            return ended(new ProcessBuilder(client.needs)).code() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private Run ended(ProcessBuilder command) throws Exception {
        var said = Files.createTempFile(folder, "said", ".txt");
        var process =
                command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(said));
    }
}
