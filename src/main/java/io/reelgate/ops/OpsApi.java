package io.reelgate.ops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller of the ops API: JSON, and problem documents when something is wrong. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
@RequestMapping
@interface OpsApi {

    /** The path that all routes of the controller begin with. */
    @AliasFor(annotation = RequestMapping.class, attribute = "path")
    String value();
}
