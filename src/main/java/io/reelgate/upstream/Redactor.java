package io.reelgate.upstream;

import io.reelgate.text.StorableText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Takes the key out of every text that comes from outside, and what cannot be stored with it. */
public final class Redactor {

    static final String INSTEAD = "[redacted]";

    private final List<String> secrets;

    /** The dummy key is no secret; a text that says "sandbox" stays as it is. */
    public Redactor(UpstreamKey key) {
        this.secrets = key.isDummy()
                ? List.of()
                : Stream.of(
                                "Bearer " + key.value(),
                                key.value(),
                                URLEncoder.encode(key.value(), StandardCharsets.UTF_8))
                        .distinct()
                        .toList();
    }

    /** The text with {@code [redacted]} for the key, and fit for storage. */
    public String clean(String text) {
        var clean = text;
        for (var secret : secrets) {
            clean = clean.replace(secret, INSTEAD);
        }
        return StorableText.of(clean);
    }

    /** Whether the key is in this text: such a text has no use, not even without the key. */
    public boolean finds(String text) {
        return secrets.stream().anyMatch(text::contains);
    }
}
