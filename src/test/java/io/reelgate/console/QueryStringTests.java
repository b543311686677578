package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class QueryStringTests {

    @Test
    void keepsWhatBelongsToTheFilter() {
        var all = "?app=shop&status=queued&model=fast&from=2026-07-20&to=2026-07-21&text=kite&limit=7";

        assertThat(of(all)).hasToString(all);
        assertThat(of(all + "&cursor=abc&lang=zh&any=thing")).hasToString(all);
    }

    @Test
    void keepsEachOfSeveralValues() {
        assertThat(of("?status=queued&status=failed")).hasToString("?status=queued&status=failed");
    }

    @Test
    void leavesWhatSaysNothingOut() {
        assertThat(of("?app=&status= &status=queued&text=")).hasToString("?status=queued");
        assertThat(of("?app=&text=").isEmpty()).isTrue();
        assertThat(of("?app=&text=")).hasToString("");
        assertThat(QueryString.EMPTY).hasToString("");
    }

    /** Whatever somebody looked for, the link means the same and stays a link. */
    @Test
    void encodesWhatAnAddressCannotHold() {
        assertThat(QueryString.EMPTY.with("text", "a b&c=d#e?f+g%h\"<熊>"))
                .hasToString("?text=a%20b%26c%3Dd%23e%3Ff%2Bg%25h%22%3C%E7%86%8A%3E");
    }

    @Test
    void replacesAllValuesOfAName() {
        var query = of("?status=queued&status=failed&app=shop");

        assertThat(query.with("status", "expired")).hasToString("?status=expired&app=shop");
        assertThat(query.with("cursor", "abc")).hasToString("?status=queued&status=failed&app=shop&cursor=abc");
        assertThat(query.without("status")).hasToString("?app=shop");
        assertThat(query.without("text")).hasToString(query.toString());
    }

    /** One page makes many links of it. */
    @Test
    void staysAsItIsItself() {
        var query = of("?status=queued");

        assertThat(query.with("status", "failed")).isNotSameAs(query);
        assertThat(query.without("status").isEmpty()).isTrue();
        assertThat(query).hasToString("?status=queued");
    }

    private static QueryString of(String address) {
        return QueryString.of(new LinkedMultiValueMap<>(
                UriComponentsBuilder.fromUriString(address).build().getQueryParams()));
    }
}
