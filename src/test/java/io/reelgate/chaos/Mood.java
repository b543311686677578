package io.reelgate.chaos;

/**
 * How the upstream behaves from now on.
 *
 * @param refusing it has no money: every submission is a 402
 * @param trouble the share of submissions, in percent, that it accepts and then answers with a reset, an error or not in
 *     time
 * @param taskMillis how long a task lives, from half of it to half more
 * @param pollMillis how long a poll takes at most
 */
record Mood(boolean refusing, int trouble, int taskMillis, int pollMillis) {

    static final Mood FAIR = new Mood(false, 0, 1_500, 60);
    static final Mood FOUL = new Mood(false, 20, 1_500, 60);
    static final Mood BROKE = new Mood(true, 0, 1_500, 60);
    static final Mood LENGTHY = new Mood(false, 0, 25_000, 700);
}
