package io.reelgate.sandbox;

import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns refusals into answers. */
@RestControllerAdvice(assignableTypes = {SandboxUpstream.class, SandboxFilms.class, SandboxPurse.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
@Profile("sandbox")
class Refusals {

    @ExceptionHandler
    ResponseEntity<Object> refuse(Refusal refusal) {
        return refusal.answer();
    }
}
