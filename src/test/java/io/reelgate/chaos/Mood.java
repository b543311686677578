package io.reelgate.chaos;

/**
 * How the upstream behaves from now on.
 *
 * @param refusing it has no money: every submission is a 402
 * @param trouble the share of submissions, in percent, that it accepts and then answers with a reset, an error or not in
 *     time
 * @param answerMillis how long a good answer to a submission takes at most, or a refusal
 * @param taskMillis how long a task lives, from half of it to half more
 * @param pollMillis how long a poll takes at most
 */
record Mood(boolean refusing, int trouble, int answerMillis, int taskMillis, int pollMillis) {

    static final Mood FAIR = new Mood(false, 0, 250, 1_500, 60);
    static final Mood FOUL = new Mood(false, 20, 250, 1_500, 60);
    static final Mood BROKE = new Mood(true, 0, 100, 1_500, 60);

    /** It has no money and takes its time to say so: that two ask at once would show. */
    static final Mood BROKE_AND_SLOW = new Mood(true, 0, 900, 1_500, 60);

    static final Mood LENGTHY = new Mood(false, 0, 250, 25_000, 700);

    /** In time, but often past answer-within, so that calls outlive their requests. */
    static final Mood SLOW = new Mood(false, 0, 2_400, 1_500, 60);
}
