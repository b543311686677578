package io.reelgate.operations;

import io.reelgate.text.StorableText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why ops cannot have what they asked for: an HTTP status, a sentence, and the parameter that is wrong if one is; and the word
 * that pages know it by, which have it in their own language.
 */
public class OpsProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ID = 200;

    private final HttpStatus status;
    private final String detail;
    private final @Nullable String parameter;
    private final @Nullable String word;

    private OpsProblem(HttpStatus status, String detail, @Nullable String parameter, @Nullable String word) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.parameter = parameter;
        this.word = word;
    }

    public static OpsProblem of(HttpStatus status, String detail) {
        return new OpsProblem(status, detail, null, null);
    }

    /** The database was stopped at it. */
    static OpsProblem tookTooLong() {
        return new OpsProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "This took too long and was stopped; narrow it by app, status or time",
                null,
                "slow");
    }

    /** Its turn did not come. */
    static OpsProblem tooManyReads() {
        return new OpsProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Too many reads of the record are under way; try again in a moment",
                null,
                "busy");
    }

    /** A 400: this parameter of the query, or member of the body, cannot be used as it is. */
    public static OpsProblem parameter(String parameter, String detail) {
        return new OpsProblem(HttpStatus.BAD_REQUEST, detail, parameter, null);
    }

    /** A 404; what was asked for is repeated as far as an id can be long. */
    static OpsProblem noSuchJob(String id) {
        var shown = id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) + "…" : id;
        return of(
                HttpStatus.NOT_FOUND,
                "There is no job with the id '" + StorableText.of(shown)
                        + "', neither here nor as the upstream's id, nor as that of a request");
    }

    public HttpStatus status() {
        return status;
    }

    public String detail() {
        return detail;
    }

    @Nullable
    public String wrongParameter() {
        return parameter;
    }

    /** {@code slow} or {@code busy}; {@code null} for what pages have no words of their own for. */
    @Nullable
    public String word() {
        return word;
    }
}
