package io.reelgate.api.intake;

import io.reelgate.submission.VideoRequest;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.web.AppError;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks a body and makes a {@link VideoRequest} of it: the bytes stay as they came, but for a numeric {@code seconds}.
 *
 * <p>It throws a 400 that names the field for whatever the upstream would refuse or misread. Values of the right type are
 * the upstream's to judge, and fields that nobody documented pass.
 */
@Component
public class RequestReader {

    private static final int DEEPEST = 500;
    private static final int LONGEST_KEY = 10_000;
    private static final int LONGEST_NUMBER = 10_000;

    /** Longer than any name of a model; it stands in each list, and any name is taken where {@code *} is allowed. */
    private static final int LONGEST_MODEL = 200;

    /** Far more than any real body has; millions of tiny keys would cost seconds and much memory to tell apart. */
    private static final int MOST_TOKENS = 100_000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_KEY)
                    .maxTokenCount(MOST_TOKENS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxDocumentLength(-1)
                    .build())
            .build();

    private final UpstreamProperties upstream;

    public RequestReader(UpstreamProperties upstream) {
        this.upstream = upstream;
    }

    /**
     * The request in this body.
     *
     * @param text told before each time that bytes of text are decoded, and how many; what it throws is passed on
     */
    public VideoRequest read(byte[] body, LongConsumer text) {
        try (var parser = open(body)) {
            var request = new RequestWalk(parser, body, text).walk();
            if (request.model().length() > LONGEST_MODEL) {
                throw AppError.invalid("model", "'model' must have at most " + LONGEST_MODEL + " characters");
            }
            if (!upstream.allows(request.model())) {
                throw AppError.invalid(
                        "model",
                        "Model '%s' is not served here; choose one of: %s"
                                .formatted(abbreviated(request.model()), String.join(", ", upstream.models())));
            }
            return request;
        } catch (JacksonException e) {
            throw AppError.invalid(null, "The body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    /** A parser of this body, with bounds for what strangers send; throws a 400 for one that is not in UTF-8. */
    public JsonParser open(byte[] body) {
        if (isBlank(body)) {
            throw AppError.invalid(null, "The body is empty; send a JSON object with 'model' and 'prompt'");
        }
        if (!isPlainUtf8(body)) {
            throw AppError.invalid(null, "The body must be JSON in UTF-8, without a byte order mark");
        }
        return json.createParser(ObjectReadContext.empty(), body);
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }

    /** The parser would take UTF-16 and UTF-32 too, which the upstream does not. JSON's first two characters are ASCII. */
    private static boolean isPlainUtf8(byte[] body) {
        boolean mark = body.length > 1 && (body[0] == (byte) 0xEF || body[0] == (byte) 0xFE || body[0] == (byte) 0xFF);
        boolean wide = body[0] == 0 || body.length > 1 && body[1] == 0;
        return !mark && !wide;
    }

    private static String abbreviated(String model) {
        return model.length() <= 100 ? model : model.substring(0, 100) + "…";
    }
}
