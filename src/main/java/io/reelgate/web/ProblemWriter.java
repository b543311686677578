package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals outside {@code /v1} as RFC 9457 problem documents. */
@Component
public class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** The whole body of the answer; headers that belong to it must be set before. */
    public void write(HttpStatus status, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(ProblemDetail.forStatusAndDetail(status, detail), request, response);
    }

    /** The problem with the request's id added, as the whole body of the answer. */
    public void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problem.setProperty("request_id", RequestIds.of(request));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
