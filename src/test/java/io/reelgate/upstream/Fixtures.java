package io.reelgate.upstream;

import io.reelgate.upstream.newapi.ErrorReader;
import io.reelgate.upstream.newapi.PollReader;
import io.reelgate.upstream.newapi.RetryAfter;
import io.reelgate.upstream.newapi.SnapshotReader;
import io.reelgate.upstream.newapi.SubmissionReader;
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
public final class Fixtures {

    public static final String KEY = "sk-test-key-of-the-upstream";
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-31T12:00:00Z"), ZoneOffset.UTC);

    private Fixtures() {}

    /** The fixture at this path, such as {@code query/c-flat-failed}. */
    public static String read(String name) {
        try {
            return Files.readString(directory().resolve(name + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The names of all fixtures in this folder. */
    public static List<String> all(String folder) {
        try (var files = Files.list(directory().resolve(folder))) {
            return files.map(
                            file -> folder + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static RawResponse answer(int status, String fixture) {
        return new RawResponse(status, null, read(fixture));
    }

    /** The properties that these settings make, defaults for the rest. */
    public static UpstreamProperties properties(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("reelgate.upstream." + name, value));
        return new Binder(source).bindOrCreate("reelgate.upstream", UpstreamProperties.class);
    }

    public static Redactor redactor() {
        return new Redactor(UpstreamKey.of(KEY, false));
    }

    public static ErrorReader errors() {
        return new ErrorReader(redactor());
    }

    public static SnapshotReader snapshots() {
        return new SnapshotReader(redactor(), errors(), new UpstreamAddresses(properties(Map.of())));
    }

    public static SubmissionReader submissions() {
        return new SubmissionReader(redactor(), errors(), new RetryAfter(CLOCK));
    }

    public static PollReader polls() {
        return new PollReader(errors(), snapshots(), new RetryAfter(CLOCK));
    }

    public static Duration seconds(long seconds) {
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
