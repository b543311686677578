package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error under {@code /v1} where no controller does: before there is one, or in its stead. */
@Component
public class ErrorWriter {

    private final JsonMapper json;

    ErrorWriter(JsonMapper json) {
        this.json = json;
    }

    /**
     * Answers with this error in the apps' envelope, in place of whatever was to be sent; headers set before stay.
     *
     * @throws IllegalStateException if part of another answer is on its way already
     */
    public void write(AppError error, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = ErrorEnvelope.answer(error, RequestIds.of(request));
        response.resetBuffer();
        response.setContentLengthLong(-1); // the length of what was going to be sent instead
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), answer.getBody());
    }
}
