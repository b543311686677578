package io.reelgate.api.videos;

import io.reelgate.api.body.BodyBudget;
import io.reelgate.api.body.BodyReader;
import io.reelgate.api.intake.BodyParser;
import io.reelgate.api.intake.RequestReader;
import io.reelgate.submission.VideoRequest;
import io.reelgate.web.BodyFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** A job as JSON, with the upstream's fields or OpenAI's, or as a form; all end as the upstream's body, and are checked as that. */
@Component
class VideoBody implements BodyParser {

    private final BodyReader bodies;
    private final RequestReader requests;

    VideoBody(BodyReader bodies, RequestReader requests) {
        this.bodies = bodies;
        this.requests = requests;
    }

    @Override
    public VideoRequest parse(HttpServletRequest request, BodyBudget.Reservation reservation) {
        var type = request.getContentType();
        var body = Boundary.isOf(type) ? form(type, request, reservation) : json(request, reservation);
        return requests.read(body, reservation::growForText);
    }

    private byte[] form(String type, HttpServletRequest request, BodyBudget.Reservation reservation) {
        var boundary = Boundary.of(type);
        try (var in = bodies.open(request)) {
            return new VideoForm(new MultipartReader(in, boundary), bodies.buffer(reservation), reservation).read();
        } catch (IOException e) {
            throw BodyFailure.brokenOff();
        }
    }

    private byte[] json(HttpServletRequest request, BodyBudget.Reservation reservation) {
        var body = bodies.read(request, reservation);
        try (var parser = requests.open(body)) {
            InputReference.translate(parser, body);
        } catch (JacksonException broken) {
            return body; // whoever reads it next says what is wrong with it
        }
        return body;
    }
}
