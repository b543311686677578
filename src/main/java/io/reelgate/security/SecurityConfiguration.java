package io.reelgate.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import io.reelgate.security.login.BasicEntryPoint;
import io.reelgate.security.login.BcryptTurns;
import io.reelgate.security.login.FailedLogins;
import io.reelgate.security.login.FormTokens;
import io.reelgate.security.login.LoginController;
import io.reelgate.security.login.LoginHandler;
import io.reelgate.security.login.OpsAuthenticationProvider;
import io.reelgate.security.login.OpsPassword;
import io.reelgate.security.login.OpsProperties;
import io.reelgate.web.AcceptFilter;
import io.reelgate.web.ClientAddresses;
import io.reelgate.web.ErrorResponses;
import io.reelgate.web.ErrorWriter;
import io.reelgate.web.ForeignFilm;
import io.reelgate.web.ParameterFilter;
import io.reelgate.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationDetailsSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.DispatcherTypeRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which rules hold for which paths, the first match counting; what none names is 404. What nobody may see from where they
 * are comes before what cannot be read, and that before who they are.
 *
 * <p>{@code /v1} is the hot path and has no login, so its chain is two filters and not Spring Security's dozen.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String POLICY = "Content-Security-Policy";

    /**
     * What a page of the console may load: its own files, and films that are kept, which are the gateway's own. Prompts are
     * hostile text; no inline script runs, even if one slipped through a template.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:;"
            + " media-src 'self'%s; style-src 'self'; script-src 'self'; frame-ancestors 'none';"
            + " form-action 'self'; base-uri 'none'; object-src 'none'";

    /**
     * The same of a job's page whose film is not kept, or does not exist yet: it is played from wherever the upstream keeps it. That
     * host cannot be named: a link may lead on to another, and the page may be loaded before there is a link.
     */
    private static final String FOREIGN_FILM = " https: http:";

    /**
     * What the page of the API may load: its own files, and pictures that stand in its style sheet. The viewer sets styles of
     * elements, but runs no inline script.
     */
    private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

    private static final String HEALTH = "/actuator/health/**";

    private final OpsNetworkGuard networks;
    private final ParameterFilter parameters;
    private final CrossSiteGuard crossSite;
    private final AuthenticationDetailsSource<HttpServletRequest, WebAuthenticationDetails> details;

    SecurityConfiguration(
            AccessProperties access, OpsProperties ops, ClientAddresses addresses, ErrorResponses errors) {
        this.networks = new OpsNetworkGuard(ops.networksOr(access.allowedNetworks()), paths(HEALTH), addresses, errors);
        this.parameters = new ParameterFilter(errors);
        this.crossSite = new CrossSiteGuard(errors);
        this.details = request -> {
            var address = addresses.of(request);
            return new WebAuthenticationDetails(address == null ? "unknown" : address.getHostAddress(), null);
        };
    }

    @Bean
    OpsAuthenticationProvider opsLogin(OpsProperties properties, FailedLogins failures) {
        var password = OpsPassword.of(properties.password(), new BcryptTurns(Thread::sleep));
        return new OpsAuthenticationProvider(properties.user(), password, failures);
    }

    /** A timer and two wrappers for each filter of each chain would cost more than most filters do, and nobody reads them. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * Strict about paths, since the rules go by them, and not about header values: an app name in Chinese is for the facade
     * to refuse by name, and would come out here as an exception in the middle of a controller.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    @Bean
    @Order(1)
    SecurityFilterChain apps(AccessProperties properties, ClientAddresses addresses, ErrorWriter appErrors) {
        return new DefaultSecurityFilterChain(
                paths("/v1/**"), new AppGuard(properties, addresses, appErrors), parameters);
    }

    /**
     * Open to all: files without secrets, the sandbox, and the description of the API, which the developers of apps need
     * and who have no login.
     */
    @Bean
    @Order(2)
    SecurityFilterChain open() {
        return new DefaultSecurityFilterChain(
                paths("/webjars/**", "/sandbox/**", "/v3/api-docs/**", "/v3/api-docs.yaml"),
                noSniffing(),
                parameters,
                crossSite);
    }

    /** Open to all, as the description that it shows; a page, so it says what it may load. */
    @Bean
    @Order(3)
    SecurityFilterChain docs() {
        return new DefaultSecurityFilterChain(
                paths("/docs/**"),
                new HeaderWriterFilter(List.of(
                        new XContentTypeOptionsHeaderWriter(), new ContentSecurityPolicyHeaderWriter(DOCS_POLICY))),
                parameters,
                crossSite);
    }

    /** What the console looks like is no secret, but belongs to it. */
    @Bean
    @Order(4)
    SecurityFilterChain opsAssets() {
        return new DefaultSecurityFilterChain(paths("/ops/assets/**"), noSniffing(), networks, parameters, crossSite);
    }

    /** Spring Boot fails when it is asked for a component within a component that is not there, and ours have none within. */
    @Bean
    @Order(5)
    SecurityFilterChain noSuchHealth(ProblemWriter problems) {
        return new DefaultSecurityFilterChain(
                paths("/actuator/health/{component}/{within}/**"), networks, new UnknownPathFilter(problems));
    }

    /** Programs of ops: a password with each call and no session, hence no CSRF tokens; see {@link CrossSiteGuard}. */
    @Bean
    @Order(6)
    SecurityFilterChain opsApi(HttpSecurity http, BasicEntryPoint challenge, ErrorResponses errors) throws Exception {
        return http.securityMatcher(paths("/ops/api/**", "/actuator/**"))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(paths(HEALTH))
                        .permitAll()
                        .anyRequest()
                        .hasRole(OpsAuthenticationProvider.ROLE))
                .httpBasic(basic -> basic.authenticationEntryPoint(challenge).authenticationDetailsSource(details))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(challenge))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterAfter(networks, HeaderWriterFilter.class)
                .addFilterBefore(parameters, CsrfFilter.class)
                .addFilterBefore(new AcceptFilter(errors), CsrfFilter.class)
                .addFilterBefore(crossSite, CsrfFilter.class)
                .build();
    }

    /**
     * Pages of ops. The referrer policy is {@code same-origin} and not {@code no-referrer}: under the latter browsers send
     * {@code Origin: null} with the console's own forms, and {@link CrossSiteGuard} could not tell them from foreign ones.
     */
    @Bean
    @Order(7)
    SecurityFilterChain opsPages(
            HttpSecurity http,
            BasicEntryPoint challenge,
            LoginHandler pages,
            @Value("${server.servlet.session.cookie.secure:false}") boolean secureCookies)
            throws Exception {
        return http.securityMatcher(paths("/ops/**"))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(paths(LoginHandler.LOGIN))
                        .permitAll()
                        .requestMatchers(forwardedTo(LoginController.LOCKED))
                        .permitAll()
                        .anyRequest()
                        .hasRole(OpsAuthenticationProvider.ROLE))
                .formLogin(form -> form.loginPage(LoginHandler.LOGIN)
                        .successHandler(pages)
                        .failureHandler(pages)
                        .authenticationDetailsSource(details))
                .logout(logout -> logout.logoutUrl("/ops/logout").logoutSuccessUrl(LoginHandler.LOGIN + "?logout"))
                .httpBasic(basic -> basic.authenticationEntryPoint(challenge).authenticationDetailsSource(details))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(pages).accessDeniedHandler(pages))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(new FormTokens(secureCookies)))
                .headers(headers -> headers.addHeaderWriter(SecurityConfiguration::limitPage)
                        .frameOptions(FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterAfter(networks, HeaderWriterFilter.class)
                .addFilterBefore(parameters, CsrfFilter.class)
                .addFilterBefore(crossSite, CsrfFilter.class)
                .build();
    }

    @Bean
    @Order(8)
    SecurityFilterChain unknown(ProblemWriter problems) {
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, new UnknownPathFilter(problems));
    }

    /** Headers are written when the page is sent, so it is known then what it plays; one that has a policy keeps it. */
    private static void limitPage(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(POLICY)) {
            response.setHeader(
                    POLICY, CONTENT_SECURITY_POLICY.formatted(ForeignFilm.isAllowedOn(request) ? FOREIGN_FILM : ""));
        }
    }

    private static HeaderWriterFilter noSniffing() {
        return new HeaderWriterFilter(List.of(new XContentTypeOptionsHeaderWriter()));
    }

    private static RequestMatcher paths(String... patterns) {
        return new OrRequestMatcher(Stream.of(patterns)
                .<RequestMatcher>map(pattern -> pathPattern(pattern))
                .toList());
    }

    private static RequestMatcher forwardedTo(String path) {
        var forwarded = new DispatcherTypeRequestMatcher(DispatcherType.FORWARD);
        return request -> forwarded.matches(request) && path.equals(request.getServletPath());
    }
}
