package io.reelgate.console;

import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.Rehearsals;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code POST /ops/rehearsals}: the form of the sandbox that submits a job as an app of ops' choosing, and leads to it. */
@Controller
@Profile("sandbox")
class RehearsalController {

    private final Rehearsals rehearsals;

    RehearsalController(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    @PostMapping("/ops/rehearsals")
    String submit(@RequestParam String app, @RequestParam String prompt, RedirectAttributes next) {
        try {
            next.addAttribute("id", rehearsals.submit(app.strip(), prompt.strip()));
            return "redirect:" + JobsPage.PATH + "/{id}";
        } catch (OpsProblem refused) {
            next.addFlashAttribute("refused", refused.detail());
            return "redirect:" + JobsPage.PATH;
        }
    }
}
