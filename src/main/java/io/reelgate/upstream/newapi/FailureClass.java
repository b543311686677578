package io.reelgate.upstream.newapi;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an error answer to a submission means: the one table of it, of which the first row that fits counts. So the balance wins,
 * then a provider's refusal that was passed on, then the status.
 */
enum FailureClass {
    /** The upstream sent nothing on. */
    NOT_SENT,
    /** Nobody knows whether the upstream took it. */
    UNKNOWN,
    /** There is no money for it. */
    BALANCE,
    /** Too many at once. */
    RATE,
    /** The upstream, or a provider behind it, does not want this body. */
    REFUSAL,
    /** The gateway's key is refused. */
    KEY,
    /** This is not the address of submissions. */
    ADDRESS;

    /** Said by the upstream before it chose where to send the job; deeper inside, a provider's upstream said so. */
    private static final Set<String> NOTHING_SENT_ON =
            Set.of("model_not_found", "system_cpu_overloaded", "system_memory_overloaded", "system_disk_overloaded");

    private record Row(FailureClass meaning, Predicate<ErrorAnswer> fits) {}

    private static final List<Row> TABLE = List.of(
            new Row(NOT_SENT, answer -> answer.status() == 503 && NOTHING_SENT_ON.contains(answer.code())),
            new Row(UNKNOWN, answer -> answer.status() == 408 || !isIn(3, answer) && !isIn(4, answer)),
            new Row(BALANCE, answer -> answer.status() == 402),
            new Row(BALANCE, answer -> isIn(4, answer) && answer.namesTheBalance()),
            new Row(BALANCE, ErrorAnswer::speaksOfTheBalance),
            new Row(RATE, answer -> answer.status() == 429),
            new Row(REFUSAL, ErrorAnswer::isPassedOn),
            new Row(KEY, answer -> answer.status() == 401),
            new Row(KEY, answer -> answer.status() == 403 && answer.isKey()),
            new Row(REFUSAL, answer -> answer.status() == 404 && answer.isOfAModel()),
            new Row(ADDRESS, answer -> isIn(3, answer) || answer.status() == 404 || answer.status() == 405),
            new Row(REFUSAL, answer -> true));

    static FailureClass of(ErrorAnswer answer) {
        return TABLE.stream().filter(row -> row.fits.test(answer)).findFirst().orElseThrow().meaning;
    }

    private static boolean isIn(int hundred, ErrorAnswer answer) {
        return answer.status() / 100 == hundred;
    }
}
