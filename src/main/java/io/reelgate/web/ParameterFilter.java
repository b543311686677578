package io.reelgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away queries and forms that cannot be read, before anything reads them: percent signs and bytes that decode to no
 * text, more parameters than Tomcat takes, forms that are too long, and U+0000, which PostgreSQL takes for no text.
 *
 * <p>Tomcat reads parameters when they are first asked for, be it by a filter, a controller or a template, and throws there;
 * asked for here, it throws where there is an answer.
 */
public class ParameterFilter extends OncePerRequestFilter {

    private final ErrorResponses errors;

    public ParameterFilter(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            errors.write(refusal, "parameters", request, response);
        }
    }

    /** Jobs, and look-ups of one, come without any. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var type = request.getContentType();
        var form =
                type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
        return request.getQueryString() == null && !form;
    }

    private static @Nullable HttpStatus refusal(HttpServletRequest request) {
        try {
            var odd = request.getParameterMap().entrySet().stream()
                    .anyMatch(parameter -> hasNul(parameter.getKey())
                            || Arrays.stream(parameter.getValue()).anyMatch(ParameterFilter::hasNul));
            return odd ? HttpStatus.BAD_REQUEST : null;
        } catch (InvalidParameterException e) {
            var status = HttpStatus.resolve(e.getErrorCode());
            return status != null && status.is4xxClientError() ? status : HttpStatus.BAD_REQUEST;
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf(0) >= 0;
    }
}
