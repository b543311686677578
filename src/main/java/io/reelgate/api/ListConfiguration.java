package io.reelgate.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has {@link AppLists} count the lists that are being answered. */
@Configuration(proxyBeanMethods = false)
class ListConfiguration implements WebMvcConfigurer {

    private final AppLists lists;

    ListConfiguration(AppLists lists) {
        this.lists = lists;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(lists).addPathPatterns(AppRoutes.GENERATIONS, AppRoutes.VIDEOS);
    }
}
