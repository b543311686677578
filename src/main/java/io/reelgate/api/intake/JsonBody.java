package io.reelgate.api.intake;

import io.reelgate.api.body.BodyBudget;
import io.reelgate.api.body.BodyReader;
import io.reelgate.submission.VideoRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** A body in the upstream's own format: it goes on as it came. */
@Component
public class JsonBody implements BodyParser {

    private final BodyReader bodies;
    private final RequestReader requests;

    JsonBody(BodyReader bodies, RequestReader requests) {
        this.bodies = bodies;
        this.requests = requests;
    }

    @Override
    public VideoRequest parse(HttpServletRequest request, BodyBudget.Reservation reservation) {
        return requests.read(bodies.read(request, reservation), reservation::growForText);
    }
}
