package io.reelgate.security.login;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Bounds the sessions of those who have logged in: beyond {@value #MOST} the one that was used longest ago ends, and its
 * owner logs in again. A script that fills in the form for each call would otherwise fill the memory within hours.
 */
@Component
public class OpsSessions implements HttpSessionListener {

    static final int MOST = 1_000;

    private static final Logger log = LoggerFactory.getLogger(OpsSessions.class);

    private final Set<HttpSession> open = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        var surplus = add(event.getSession());
        if (surplus != null) {
            log.warn("More than {} sessions: the one that was used longest ago ends", MOST);
            end(surplus);
        }
    }

    @Override
    public synchronized void sessionDestroyed(HttpSessionEvent event) {
        open.remove(event.getSession());
    }

    private synchronized @Nullable HttpSession add(HttpSession session) {
        open.add(session);
        if (open.size() <= MOST) {
            return null;
        }
        HttpSession oldest = null;
        for (var one : open) {
            if (one != session && (oldest == null || lastUse(one) < lastUse(oldest))) {
                oldest = one;
            }
        }
        open.remove(oldest);
        return oldest;
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException ended) {
            // By itself, a moment ago.
        }
    }

    private static long lastUse(HttpSession session) {
        try {
            return session.getLastAccessedTime();
        } catch (IllegalStateException ended) {
            return Long.MIN_VALUE;
        }
    }
}
