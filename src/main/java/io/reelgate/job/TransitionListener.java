package io.reelgate.job;

import java.util.List;

/**
 * Puts on record what follows from a change of status, in the transaction that makes it: both are there, or neither. What comes
 * after an end, or frees what a job held, has its place in one of these, in the package whose business it is.
 */
public interface TransitionListener {

    /** Whether anything follows from this change; where nothing does, it pays for no transaction. */
    boolean concerns(Transition transition);

    /** These changes were made, each of which {@link #concerns} this listener; their jobs are locked. */
    void applied(List<AppliedTransition> transitions);

    /**
     * These changes were made, whether or not they {@link #concerns concern} this listener: for what is noted in memory alone, may
     * be lost, and should cost no transaction. They may still be rolled back.
     */
    default void noted(List<AppliedTransition> transitions) {}
}
