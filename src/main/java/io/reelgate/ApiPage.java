package io.reelgate;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page to read {@code /v3/api-docs} on; all that it loads comes from the gateway itself. */
@Controller
class ApiPage {

    @GetMapping("/docs")
    String page() {
        return "docs";
    }
}
