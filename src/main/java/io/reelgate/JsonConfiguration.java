package io.reelgate;

import io.reelgate.web.ContentLengthJsonConverter;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Has JSON answered by {@link ContentLengthJsonConverter}, in the place of Spring MVC's own converter and not before all others. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    ServerHttpMessageConvertersCustomizer wholeJson(JsonMapper mapper) {
        return converters -> converters.withJsonConverter(new ContentLengthJsonConverter(mapper));
    }
}
