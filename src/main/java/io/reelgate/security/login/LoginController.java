package io.reelgate.security.login;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The form at which ops log in; the posting of it is Spring Security's. */
@Controller
public class LoginController {

    /** The seconds to wait, a {@code Long} request attribute, set when a login failed among too many. */
    static final String WAIT = "io.reelgate.login-wait";

    /** Where such a login is forwarded to; another path than the form's, or it would be tried again. */
    public static final String LOCKED = "/ops/login/locked";

    private static final String VIEW = "ops/login";

    @GetMapping(LoginHandler.LOGIN)
    String form(HttpServletRequest request, Model model) {
        return show(request, model);
    }

    /** Only forwarded to, from a login that failed among too many; the status and {@code Retry-After} are set by then. */
    @RequestMapping(LOCKED)
    String locked(HttpServletRequest request, Model model) {
        model.addAttribute("wait", request.getAttribute(WAIT));
        return show(request, model);
    }

    private static String show(HttpServletRequest request, Model model) {
        var wanted = WantedPage.named(request);
        model.addAttribute("next", wanted.isHome() ? null : wanted.address());
        model.addAttribute("english", wanted.login("lang=en"));
        model.addAttribute("chinese", wanted.login("lang=zh"));
        return VIEW;
    }
}
