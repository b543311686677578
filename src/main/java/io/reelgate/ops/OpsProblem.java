package io.reelgate.ops;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** An answer that tells ops why something was not done, rendered as an RFC 9457 problem document. */
class OpsProblem extends RuntimeException {

    private final HttpStatus status;
    private final @Nullable String parameter;

    private OpsProblem(HttpStatus status, @Nullable String parameter, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.parameter = parameter;
    }

    static OpsProblem badParameter(String parameter, String detail) {
        return new OpsProblem(HttpStatus.BAD_REQUEST, parameter, detail);
    }

    static OpsProblem noSuchJob(String id) {
        return new OpsProblem(HttpStatus.NOT_FOUND, null, "No job has the id '" + id + "'");
    }

    static OpsProblem of(HttpStatus status, String detail) {
        return new OpsProblem(status, null, detail);
    }

    HttpStatus status() {
        return status;
    }

    @Nullable
    String parameter() {
        return parameter;
    }
}
