package io.reelgate.console;

import io.reelgate.admission.SubmissionGate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.dao.DataAccessException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Gives every page what its frame says: whether this is a sandbox, whether submissions are paused, where one is. */
@Component
class PageFrame implements HandlerInterceptor {

    private final SubmissionGate gate;
    private final Formats words;
    private final boolean sandbox;
    private final @Nullable String version;

    PageFrame(SubmissionGate gate, Formats words, Environment environment, ObjectProvider<BuildProperties> build) {
        this.gate = gate;
        this.words = words;
        this.sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        var properties = build.getIfAvailable();
        this.version = properties == null ? null : properties.getVersion();
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page != null && page.getViewName() != null && !page.getViewName().startsWith("redirect:")) {
            fill(page, request);
        }
    }

    /** Also called for pages that tell of an error: those are made without any interceptor. */
    void fill(ModelAndView page, HttpServletRequest request) {
        takeFormToken(request);
        page.addObject("words", words);
        page.addObject("sandbox", sandbox);
        page.addObject("version", version);
        page.addObject("pause", pause());
        page.addObject("user", request.getUserPrincipal());
        page.addObject("inEnglish", inLanguage(request, "en"));
        page.addObject("inChinese", inLanguage(request, "zh"));
        page.addObject(
                "gateway", ServletUriComponentsBuilder.fromContextPath(request).toUriString());
    }

    /** The first use of the token sets its cookie; in the middle of a page that is being sent it would be too late. */
    private static void takeFormToken(HttpServletRequest request) {
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            token.getToken();
        }
    }

    private SubmissionGate.@Nullable State pause() {
        try {
            return gate.state();
        } catch (DataAccessException unknown) {
            return null;
        }
    }

    /** This page in that language; a page that a form led to, at the overview. */
    private static String inLanguage(HttpServletRequest request, String language) {
        var here = "GET".equals(request.getMethod())
                ? ServletUriComponentsBuilder.fromRequest(request)
                        .scheme(null)
                        .host(null)
                        .port(null)
                : UriComponentsBuilder.fromPath("/ops");
        return here.replaceQueryParam(LanguageSwitch.PARAMETER, language)
                .build()
                .toUriString();
    }
}
