package io.reelgate.job.stats;

/**
 * The one job in twenty that is asked for from its start on, so that its end is seen when it comes: what others of its kind
 * take is learned from these. Chosen by the last three digits of the id, which are random: 205 of 4,096.
 */
public final class Sample {

    private static final int DIGITS = 3;
    private static final String END = "0cd";

    /** The same of a column {@code id}, in SQL. */
    static final String CONDITION = "right(id, " + DIGITS + ") < '" + END + "' collate \"C\"";

    private Sample() {}

    /** Whether the job of this id is one of them. */
    public static boolean contains(String jobId) {
        return jobId.substring(Math.max(0, jobId.length() - DIGITS)).compareTo(END) < 0;
    }
}
