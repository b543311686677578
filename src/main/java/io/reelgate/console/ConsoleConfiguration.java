package io.reelgate.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What all pages of the console share: the language, and the frame around them. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    private static final Duration A_YEAR = Duration.ofDays(365);

    private final PageFrame frame;

    ConsoleConfiguration(PageFrame frame) {
        this.frame = frame;
    }

    /** The language once chosen, else the first of the browser's that there is, else English. */
    @Bean
    static LocaleResolver localeResolver() {
        var resolver = new CookieLocaleResolver("REELGATE_LANGUAGE");
        resolver.setCookiePath("/ops");
        resolver.setCookieMaxAge(A_YEAR);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setRejectInvalidCookies(false);
        resolver.setDefaultLocaleFunction(ConsoleConfiguration::asked);
        return resolver;
    }

    /** Left to itself, Thymeleaf calls a page JSON or a script if its address ends like one. */
    @Bean
    static SmartInitializingSingleton pagesAreHtml(ThymeleafViewResolver pages) {
        return () -> pages.setForceContentType(true);
    }

    private static Locale asked(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return Locale.ENGLISH;
        }
        try {
            var locale = Locale.lookup(Locale.LanguageRange.parse(header), LANGUAGES);
            return locale == null ? Locale.ENGLISH : locale;
        } catch (IllegalArgumentException malformed) {
            return Locale.ENGLISH;
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new LanguageSwitch(localeResolver()))
                .addPathPatterns("/ops", "/ops/**")
                .excludePathPatterns("/ops/api/**", "/ops/assets/**");
        registry.addInterceptor(frame)
                .addPathPatterns("/ops", "/ops/**")
                .excludePathPatterns("/ops/api/**", "/ops/assets/**");
    }
}
