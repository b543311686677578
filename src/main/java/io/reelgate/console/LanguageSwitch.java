package io.reelgate.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * {@code ?lang=zh} on any page: keeps the choice in a cookie and leads back to the page, so that no address carries it, save
 * one that would not fit into the head of an answer.
 */
class LanguageSwitch implements HandlerInterceptor {

    static final String PARAMETER = "lang";

    private static final int LONGEST = 17_000;

    private final LocaleResolver resolver;

    LanguageSwitch(LocaleResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var wanted = request.getParameter(PARAMETER);
        if (wanted == null || !"GET".equals(request.getMethod())) {
            return true;
        }
        ConsoleConfiguration.LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(wanted.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(language -> resolver.setLocale(request, response, language));
        var page = ServletUriComponentsBuilder.fromRequest(request)
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam(PARAMETER)
                .build()
                .toUriString();
        if (page.length() > LONGEST) {
            return true;
        }
        response.sendRedirect(page);
        return false;
    }
}
