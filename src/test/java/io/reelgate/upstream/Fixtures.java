package io.reelgate.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The recorded answers beside these tests, and readers to read them with. */
final class Fixtures {

    static final String KEY = "sk-test-key-of-the-upstream";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-31T12:00:00Z"), ZoneOffset.UTC);

    private Fixtures() {}

    /** The fixture at this path, such as {@code query/c-flat-failed}. */
    static String read(String name) {
        try {
            return Files.readString(directory().resolve(name + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The names of all fixtures in this folder. */
    static List<String> all(String folder) {
        try (var files = Files.list(directory().resolve(folder))) {
            return files.map(
                            file -> folder + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Answer answer(int status, String fixture) {
        return new Answer(status, null, read(fixture));
    }

    /** The properties that these settings make, defaults for the rest. */
    static UpstreamProperties properties(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("reelgate.upstream." + name, value));
        return new Binder(source).bindOrCreate("reelgate.upstream", UpstreamProperties.class);
    }

    static Redactor redactor() {
        return new Redactor(UpstreamKey.of(KEY, false));
    }

    static ErrorReader errors() {
        return new ErrorReader(redactor());
    }

    static SnapshotReader snapshots() {
        return new SnapshotReader(redactor(), errors(), new Addresses(properties(Map.of())));
    }

    static SubmissionReader submissions() {
        return new SubmissionReader(redactor(), errors(), new RetryAfter(CLOCK));
    }

    static PollReader polls() {
        return new PollReader(errors(), snapshots(), new RetryAfter(CLOCK));
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Path directory() {
        try {
            URI here = Objects.requireNonNull(Fixtures.class.getResource("submission"))
                    .toURI();
            return Objects.requireNonNull(Path.of(here).getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
