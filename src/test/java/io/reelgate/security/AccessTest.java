package io.reelgate.security;

import io.reelgate.PostgresTestConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * The access module alone, on a port of its own and on real PostgreSQL. The tests' own address is trusted as a proxy, to
 * speak for others.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {AccessTestApplication.class, PostgresTestConfiguration.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "reelgate.ops.password=s3cret",
            "reelgate.access.trusted-proxies=127.0.0.1",
            "reelgate.access.allowed-origins=https://films.example.com"
        })
public @interface AccessTest {}
