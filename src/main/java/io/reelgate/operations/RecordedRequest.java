package io.reelgate.operations;

import io.reelgate.job.query.JobTexts;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * The JSON that asked for a job, as it came, inline media elided: read and written piece by piece, since it may have megabytes
 * and whoever takes it may be slow.
 */
public final class RecordedRequest extends JacksonSerializable.Base {

    /** Characters: at most four times as many bytes. */
    private static final int PIECE = 250_000;

    private final JobTexts texts;
    private final OpsReads reads;
    private final String jobId;

    RecordedRequest(JobTexts texts, OpsReads reads, String jobId) {
        this.texts = texts;
        this.reads = reads;
        this.jobId = jobId;
    }

    /** Its beginning, up to so many characters. */
    public String beginning(int length) {
        return reads.run(() -> texts.request(jobId, 0, length)).orElseThrow(() -> OpsProblem.noSuchJob(jobId));
    }

    /** Hands the whole of it on, piece by piece. */
    void each(Consumer<String> consumer) {
        var piece = beginning(PIECE);
        consumer.accept(piece);
        for (int from = PIECE; piece.codePointCount(0, piece.length()) == PIECE; from += PIECE) {
            int at = from;
            piece = reads.goOn(() -> texts.request(jobId, at, PIECE)).orElseThrow(() -> OpsProblem.noSuchJob(jobId));
            consumer.accept(piece);
        }
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
        generator.writeRawValue("");
        each(generator::writeRaw);
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
        serialize(generator, context);
    }
}
