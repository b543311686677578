package io.reelgate.console;

import io.reelgate.apps.AppSettings;
import io.reelgate.apps.KnownApp;
import io.reelgate.operations.Deliveries;
import io.reelgate.operations.Holds;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.RegisteredApps;
import io.reelgate.operations.Resolutions.Resolver;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /ops/apps}: the apps by name; and what is registered of one, to be changed. */
@Controller
class AppsPage {

    static final String PATH = "/ops/apps";

    private final RegisteredApps apps;
    private final Holds holds;
    private final Deliveries deliveries;
    private final Formats words;

    AppsPage(RegisteredApps apps, Holds holds, Deliveries deliveries, Formats words) {
        this.apps = apps;
        this.holds = holds;
        this.deliveries = deliveries;
        this.words = words;
    }

    /** The form, as it is typed. */
    record Typed(
            @Nullable String note,
            @Nullable String networks,
            @Nullable String jobsPerMinute,
            @Nullable String maxInFlight,
            @Nullable String hold,
            @Nullable String webhookUrl) {

        static Typed of(@Nullable AppSettings settings) {
            return settings == null
                    ? new Typed(null, null, null, null, null, null)
                    : new Typed(
                            settings.note(),
                            String.join("\n", settings.networkTexts()),
                            text(settings.jobsPerMinute()),
                            text(settings.maxInFlight()),
                            settings.holdText(),
                            settings.webhookUrl());
        }

        /** As the API takes it; what is no number stays a text, and is refused as one. */
        Map<String, Object> members() {
            var members = new HashMap<String, Object>();
            put(members, AppSettings.NOTE, note);
            put(members, AppSettings.WEBHOOK_URL, webhookUrl);
            if (networks != null && !networks.isBlank()) {
                members.put(
                        AppSettings.NETWORKS,
                        Stream.of(networks.strip().split("[\\s,]+")).toList());
            }
            putNumber(members, AppSettings.JOBS_PER_MINUTE, jobsPerMinute);
            putNumber(members, AppSettings.MAX_IN_FLIGHT, maxInFlight);
            put(members, AppSettings.HOLD, hold);
            return members;
        }

        private static @Nullable String text(@Nullable Integer number) {
            return number == null ? null : String.valueOf(number);
        }

        private static void putNumber(Map<String, Object> members, String name, @Nullable String typed) {
            if (typed != null && !typed.isBlank()) {
                var number = typed.strip();
                members.put(name, number.matches("[0-9]{1,9}") ? Integer.valueOf(number) : number);
            }
        }

        private static void put(Map<String, Object> members, String name, @Nullable String value) {
            if (value != null) {
                members.put(name, value);
            }
        }
    }

    @GetMapping(PATH)
    String apps(@RequestParam(required = false) @Nullable String name, Model model, HttpServletResponse response) {
        if (name != null) {
            try {
                return "redirect:" + PATH + "/" + apps.findOrNew(name.strip()).name();
            } catch (OpsProblem noName) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                model.addAttribute("typedName", name);
            }
        }
        model.addAttribute("apps", apps.all());
        return "ops/apps";
    }

    @GetMapping(PATH + "/{name}")
    String app(@PathVariable String name, Model model) {
        var app = apps.findOrNew(name);
        var registered = app.registered();
        return page(app, Typed.of(registered == null ? null : registered.settings()), model);
    }

    @PostMapping(PATH + "/{name}")
    String save(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String note,
            @RequestParam(required = false) @Nullable String networks,
            @RequestParam(name = "jobs_per_minute", required = false) @Nullable String jobsPerMinute,
            @RequestParam(name = "max_in_flight", required = false) @Nullable String maxInFlight,
            @RequestParam(required = false) @Nullable String hold,
            @RequestParam(name = "webhook_url", required = false) @Nullable String webhookUrl,
            Principal by,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var app = apps.findOrNew(name);
        var typed = new Typed(note, networks, jobsPerMinute, maxInFlight, hold, webhookUrl);
        try {
            apps.put(name, typed.members(), by.getName());
        } catch (OpsProblem refused) {
            if (refused.wrongParameter() == null) {
                throw refused;
            }
            response.setStatus(refused.status().value());
            model.addAttribute("wrong", refused.wrongParameter());
            return page(app, typed, model);
        }
        next.addFlashAttribute("done", words.text("done.app"));
        return "redirect:" + PATH + "/" + name;
    }

    @PostMapping(PATH + "/{name}/cancel")
    String cancelWaiting(@PathVariable String name, Principal by, RedirectAttributes next) {
        int jobs = holds.cancelAll(apps.findOrNew(name).name(), new Resolver(by.getName(), null));
        next.addFlashAttribute("done", words.text("done.app.cancelled", jobs));
        return "redirect:" + PATH + "/" + name;
    }

    @PostMapping(PATH + "/{name}/remove")
    String remove(@PathVariable String name, Principal by, RedirectAttributes next) {
        apps.remove(name, by.getName());
        next.addFlashAttribute("done", words.text("done.app.removed", name));
        return "redirect:" + PATH;
    }

    private String page(KnownApp app, Typed typed, Model model) {
        model.addAttribute("app", app);
        model.addAttribute("waiting", holds.waitingOf(app.name()));
        model.addAttribute("typed", typed);
        model.addAttribute("changes", apps.changes(app.name()));
        var secret = deliveries.secret(app.name());
        model.addAttribute("rotations", secret.n());
        model.addAttribute("previousUntil", secret.previousUntil());
        return "ops/app";
    }
}
