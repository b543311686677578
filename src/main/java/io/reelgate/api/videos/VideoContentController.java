package io.reelgate.api.videos;

import io.reelgate.api.AppRoutes;
import io.reelgate.api.content.ContentController;
import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/videos/{id}/content}: the film, as at the first door. */
@RestController
class VideoContentController {

    private final ContentController films;

    VideoContentController(ContentController films) {
        this.films = films;
    }

    @GetMapping(AppRoutes.VIDEOS + "/{id}/content")
    void content(
            @PathVariable String id,
            @RequestParam(defaultValue = "video") String variant,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (!variant.equals("video")) {
            throw AppError.invalid("variant", "There is only the variant 'video' of a film");
        }
        films.content(id, request, response);
    }
}
