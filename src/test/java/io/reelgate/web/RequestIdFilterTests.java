package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdFilterTests {

    private final RequestIdFilter filter = new RequestIdFilter();
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void leavesNothingToTheNextRequestOfTheThread() throws Exception {
        request.addHeader("X-Reelgate-App", "shop");

        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

        assertThat(MDC.get("request_id")).isNull();
        assertThat(MDC.get("app")).isNull();
    }

    @Test
    void keepsTheIdWhenTheRequestIsDispatchedAgain() throws ServletException, IOException {
        var seen = new ArrayList<>();
        for (var type : new DispatcherType[] {DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR}) {
            request.setDispatcherType(type);
            filter.doFilter(request, new MockHttpServletResponse(), (_, _) -> seen.add(MDC.get("request_id")));
        }

        assertThat(seen).hasSize(3).containsOnly(RequestIds.of(request)).doesNotContainNull();
    }
}
