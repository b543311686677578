package io.reelgate.console;

import io.reelgate.operations.Deliveries;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /ops/deliveries}: webhooks, newest first, each of which can be sent again; and the secret that an app checks them with. */
@Controller
class DeliveriesPage {

    static final String PATH = "/ops/deliveries";

    private final Deliveries deliveries;
    private final Formats words;

    DeliveriesPage(Deliveries deliveries, Formats words) {
        this.deliveries = deliveries;
        this.words = words;
    }

    @GetMapping(PATH)
    String list(
            @RequestParam(required = false) @Nullable String app,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var page = deliveries.list(app, state, cursor);
        model.addAttribute("deliveries", page.items());
        model.addAttribute("app", app == null || app.isBlank() ? null : app);
        model.addAttribute("state", state == null ? "" : state);
        model.addAttribute("next", page.next());
        return "ops/deliveries";
    }

    /** Leads to the job, where what becomes of it is seen. */
    @PostMapping(PATH + "/{id}/redeliver")
    String redeliver(@PathVariable String id, Principal by, RedirectAttributes next) {
        var delivery = deliveries.redeliver(id, by.getName());
        next.addFlashAttribute("done", words.text("done.redeliver"));
        return "redirect:" + JobsPage.PATH + "/" + delivery.jobId();
    }

    /** Asked for by a click alone, so that it stands in no page that is merely open. */
    @GetMapping(path = AppsPage.PATH + "/{name}/webhook-secret", produces = MediaType.TEXT_PLAIN_VALUE)
    @ResponseBody
    String secret(@PathVariable String name) {
        return deliveries.secret(name).secret();
    }

    /** As often as the page says that it was rotated, so that a second click does not take away the secret of the first. */
    @PostMapping(AppsPage.PATH + "/{name}/webhook-secret/rotate")
    String rotate(@PathVariable String name, @RequestParam int n, Principal by, RedirectAttributes next) {
        deliveries.rotateSecret(name, n, by.getName());
        next.addFlashAttribute("done", words.text("done.secret"));
        return "redirect:" + AppsPage.PATH + "/" + name;
    }
}
