package io.reelgate.access;

import io.reelgate.facade.AppError;
import io.reelgate.facade.ErrorEnvelope;
import io.reelgate.facade.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes the refusals under {@code /v1} that happen before any controller, in the apps' own envelope. */
@Component
class AppErrors {

    private final JsonMapper json;

    AppErrors(JsonMapper json) {
        this.json = json;
    }

    void write(AppError error, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = ErrorEnvelope.answer(error, RequestIds.of(request));
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.getOutputStream().write(json.writeValueAsBytes(answer.getBody()));
    }
}
