package io.reelgate.ops;

import io.reelgate.job.StorableText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Why ops cannot have what they asked for: an HTTP status, a sentence, and the parameter that is wrong if one is. */
class OpsProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ID = 200;

    private final HttpStatus status;
    private final String detail;
    private final @Nullable String parameter;

    private OpsProblem(HttpStatus status, String detail, @Nullable String parameter) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.parameter = parameter;
    }

    static OpsProblem of(HttpStatus status, String detail) {
        return new OpsProblem(status, detail, null);
    }

    /** A 400: this parameter of the query, or member of the body, cannot be used as it is. */
    static OpsProblem parameter(String parameter, String detail) {
        return new OpsProblem(HttpStatus.BAD_REQUEST, detail, parameter);
    }

    /** A 404; what was asked for is repeated as far as an id can be long. */
    static OpsProblem noSuchJob(String id) {
        var shown = id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) + "…" : id;
        return of(
                HttpStatus.NOT_FOUND,
                "There is no job with the id '" + StorableText.of(shown) + "', neither here nor as the upstream's id");
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return detail;
    }

    @Nullable
    String wrongParameter() {
        return parameter;
    }
}
