package io.reelgate.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/** The filter of the jobs page as its address has it, to be passed on by links. */
final class QueryString {

    static final QueryString EMPTY = new QueryString(new LinkedMultiValueMap<>());

    private static final Set<String> FILTER = Set.of("app", "status", "model", "from", "to", "film", "text", "limit");

    private final MultiValueMap<String, String> parameters;

    private QueryString(MultiValueMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /** What of these parameters belongs to the filter and says something. */
    static QueryString of(MultiValueMap<String, String> parameters) {
        var kept = new LinkedMultiValueMap<String, String>();
        parameters.forEach((name, values) -> {
            if (FILTER.contains(name)) {
                values.stream().filter(value -> !value.isBlank()).forEach(value -> kept.add(name, value));
            }
        });
        return new QueryString(kept);
    }

    /** The same with this parameter instead of any of that name. */
    public QueryString with(String name, String value) {
        var changed = new LinkedMultiValueMap<>(parameters);
        changed.put(name, List.of(value));
        return new QueryString(changed);
    }

    /** The same without any parameter of that name. */
    public QueryString without(String name) {
        var changed = new LinkedMultiValueMap<>(parameters);
        changed.remove(name);
        return new QueryString(changed);
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** {@code ?a=b&c=d}, or nothing. */
    @Override
    public String toString() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream()
                                .map(value -> entry.getKey() + "=" + UriUtils.encode(value, StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
