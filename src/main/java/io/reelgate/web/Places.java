package io.reelgate.web;

import java.util.HashMap;
import java.util.Map;

/** So many at once, and of them so many for one network: a bound that one caller cannot use up for all. */
public class Places {

    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    public Places(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes a place for this network, to be given back; false if there is none. */
    public synchronized boolean take(String network) {
        int ofThisOne = taken.getOrDefault(network, 0);
        if (all >= most || ofThisOne >= mostOfOne) {
            return false;
        }
        taken.put(network, ofThisOne + 1);
        all++;
        return true;
    }

    public synchronized void giveBack(String network) {
        taken.computeIfPresent(network, (_, places) -> places > 1 ? places - 1 : null);
        all--;
    }

    /** Those that are taken now, of all networks. */
    public synchronized int taken() {
        return all;
    }
}
