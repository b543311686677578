package io.reelgate.job.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The labels of a metric that strangers choose: the first {@value #MOST} names have one each, the rest are {@code other}. */
public final class MetricLabels {

    private static final int MOST = 50;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** The label for this name. */
    public String of(String name) {
        return known.contains(name) || known.size() < MOST && known.add(name) ? name : "other";
    }
}
