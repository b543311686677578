package io.reelgate.console;

import io.reelgate.FullStackTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole gateway, and a browser in front of it; tests and what comes before them take {@link Visitors}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Chromium.class)
@FullStackTest
@interface ConsoleTest {}
