package io.reelgate.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Answers that come late on purpose: no thread waits for them, and a shutdown sends them at once. */
@Component
@Profile("sandbox")
class HeldAnswers {

    private final Map<DeferredResult<ResponseEntity<Object>>, ResponseEntity<Object>> held = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Gives this answer after this time, by the server's own time-out of the request. */
    DeferredResult<ResponseEntity<Object>> hold(ResponseEntity<Object> answer, Duration time) {
        var result = new DeferredResult<ResponseEntity<Object>>(time.toMillis());
        held.put(result, answer);
        result.onTimeout(() -> result.setResult(answer));
        result.onCompletion(() -> held.remove(result));
        if (closing) {
            letGo();
        }
        return result;
    }

    /** The server would otherwise wait for them, as for every request under way, before it stops. */
    @EventListener(ContextClosedEvent.class)
    void letGo() {
        closing = true;
        held.forEach(DeferredResult::setResult);
    }
}
