package io.reelgate.security;

import io.reelgate.security.login.FailedLogins;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets no time pass; or, once told to hold, lets nobody wake before it is told to let go. */
public class HeldSleeper implements FailedLogins.Sleeper {

    private final AtomicInteger asleep = new AtomicInteger();
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean holding;

    @Override
    public void sleep(Duration length) throws InterruptedException {
        if (holding) {
            asleep.incrementAndGet();
            wake.acquire();
            asleep.decrementAndGet();
        }
    }

    public void hold() {
        holding = true;
    }

    public void letGo() {
        holding = false;
        wake.release(asleep.get());
    }

    public int asleep() {
        return asleep.get();
    }
}
