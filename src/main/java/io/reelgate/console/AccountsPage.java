package io.reelgate.console;

import io.reelgate.operations.AccountTasks;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /ops/accounts}: whose tasks are in flight, and the button that says that two accounts are the same. */
@Controller
class AccountsPage {

    static final String PATH = "/ops/accounts";

    private final AccountTasks tasks;
    private final Formats words;

    AccountsPage(AccountTasks tasks, Formats words) {
        this.tasks = tasks;
        this.words = words;
    }

    @GetMapping(PATH)
    String accounts(Model model) {
        var configured = tasks.configured();
        model.addAttribute("accounts", tasks.all());
        model.addAttribute("configured", configured);
        // Of another name there is nothing to say: a sandbox never asks for what was bought.
        model.addAttribute(
                "adoptable",
                tasks.all().stream()
                        .anyMatch(one ->
                                !one.account().served() && one.account().name().equals(configured.name())));
        return "ops/accounts";
    }

    @PostMapping(PATH + "/{name}/adopt")
    String adopt(@PathVariable String name, Principal by, RedirectAttributes next) {
        tasks.adopt(name, by.getName());
        next.addFlashAttribute("done", words.text("done.adopt"));
        return "redirect:" + PATH;
    }
}
