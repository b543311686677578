package io.reelgate.security.login;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * The page of the console that somebody wanted before the login: its path and query, as they stand in an address.
 *
 * <p>Until the login it travels in the login's own address and form, so that nothing has to be kept for strangers. What
 * comes back from there may have been written by anybody: only a path of the console is believed, anything else is the
 * overview.
 */
record WantedPage(String address) {

    static final String PARAMETER = "next";

    /** The overview: where a login leads that was asked for by itself. */
    static final WantedPage HOME = new WantedPage("/ops");

    /** As it stands in the login's address. It has room for a search of 1,000 Chinese characters, each of them 15 there. */
    private static final int LONGEST = 16_000;

    private static final Pattern PATH = Pattern.compile("/ops(?:/[A-Za-z0-9._~/-]*)?");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;:@/?%=-]*");

    /** Under the console, but no pages to come back to. */
    private static final List<String> NO_PAGES = List.of("/ops/login", "/ops/logout", "/ops/api/", "/ops/assets/");

    /** The page that this request asks for; without its query where that is too long to be carried along. */
    static WantedPage of(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod())) {
            return HOME;
        }
        var path = request.getRequestURI();
        var query = request.getQueryString();
        var whole = query == null ? path : path + "?" + query;
        return isSane(whole) ? new WantedPage(whole) : parse(path);
    }

    /** The page that the login's address or form names. */
    static WantedPage named(HttpServletRequest request) {
        return parse(request.getParameter(PARAMETER));
    }

    /** The page of this address, or the overview if it is none. */
    static WantedPage parse(@Nullable String address) {
        return address != null && isSane(address) ? new WantedPage(address) : HOME;
    }

    /** The login's address that leads back here, with this word of why in it. */
    String login(String why) {
        var query = isHome() ? why : why.isEmpty() ? parameter(address) : why + "&" + parameter(address);
        return query.isEmpty() ? LoginHandler.LOGIN : LoginHandler.LOGIN + "?" + query;
    }

    boolean isHome() {
        return address.equals(HOME.address);
    }

    /** No other host, no dots to climb by, nothing that a browser or a proxy reads otherwise than this server does. */
    private static boolean isSane(String address) {
        int question = address.indexOf('?');
        var path = question < 0 ? address : address.substring(0, question);
        return address.length() <= LONGEST
                && PATH.matcher(path).matches()
                && !path.contains("//")
                && !path.contains("/.")
                && NO_PAGES.stream().noneMatch(path::startsWith)
                && QUERY.matcher(address.substring(path.length())).matches()
                && parameter(address).length() <= LONGEST;
    }

    /** Slashes may stand in a query as they are, which keeps it readable. */
    private static String parameter(String address) {
        return PARAMETER + "="
                + UriUtils.encode(address, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
