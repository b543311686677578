package io.reelgate.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class OpsSessionsTests {

    private final OpsSessions sessions = new OpsSessions();

    @Test
    void endsTheOneThatWasUsedLongestAgoBeyondItsBound() {
        var open = new ArrayList<>(
                IntStream.range(0, OpsSessions.MOST).mapToObj(this::created).toList());
        assertThat(open).noneMatch(MockHttpSession::isInvalid);

        open.get(0).lastUse = 99_999;
        open.add(created(5_000));

        assertThat(open.get(1).isInvalid()).isTrue();
        assertThat(open).filteredOn(MockHttpSession::isInvalid).hasSize(1);
    }

    @Test
    void forgetsThoseThatHaveEnded() {
        for (int i = 0; i < OpsSessions.MOST * 2; i++) {
            var session = created(i);
            session.invalidate();
            sessions.sessionDestroyed(new HttpSessionEvent(session));
        }
        var last = created(0);
        created(1);

        assertThat(last.isInvalid()).isFalse();
    }

    @Test
    void doesNotEndANewOneForAnotherThatEndsInTheSameInstant() {
        IntStream.range(0, OpsSessions.MOST).mapToObj(this::created).forEach(MockHttpSession::invalidate);

        assertThat(created(0).isInvalid()).isFalse();
    }

    private Used created(long lastUse) {
        var session = new Used();
        session.lastUse = lastUse;
        sessions.sessionCreated(new HttpSessionEvent(session));
        return session;
    }

    private static class Used extends MockHttpSession {

        private long lastUse;

        @Override
        public long getLastAccessedTime() {
            if (isInvalid()) {
                throw new IllegalStateException("ended");
            }
            return lastUse;
        }
    }
}
