package io.reelgate;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Has JSON answered by {@link WholeJson}, in the place of Spring MVC's own converter and not before all others. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    ServerHttpMessageConvertersCustomizer wholeJson(JsonMapper mapper) {
        return converters -> converters.withJsonConverter(new WholeJson(mapper));
    }
}
