package io.reelgate.security;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sees the sessions that the server makes. */
class SeenSessions implements HttpSessionListener {

    private volatile @Nullable HttpSession latest;

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        latest = event.getSession();
    }

    HttpSession latest() {
        return Objects.requireNonNull(latest);
    }
}
