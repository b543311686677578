package io.reelgate.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.JobId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same jobs are chosen in Java, where they are asked for, and in SQL, where they are learned from. */
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import(PostgresTestConfiguration.class)
class SampleTests {

    @Autowired
    JdbcClient jdbc;

    @Test
    void isTheSameInSqlForEveryEndAnIdCanHave() {
        var id = JobId.next(Instant.now());
        var head = id.substring(0, id.length() - 3);
        var ids = Stream.concat(
                        IntStream.range(0, 4_096).mapToObj(end -> head + "%03x".formatted(end)),
                        Stream.of("", "0", "0c", "0d", "task_", "task_FFF", "ABC", "\uD83C\uDFAC0", "电影"))
                .toList();

        assertThat(inSql(ids)).isEqualTo(ids.stream().filter(Sample::contains).toList());
    }

    @Test
    void isOneJobInTwenty() {
        var ids = Stream.generate(() -> JobId.next(Instant.now())).limit(100_000);

        assertThat(ids.filter(Sample::contains).count()).isBetween(4_500L, 5_500L);
    }

    private List<String> inSql(List<String> ids) {
        return jdbc.sql("select id from unnest(?::text[]) with ordinality as job (id, nth) where " + Sample.CONDITION
                        + " order by nth")
                .param(ids.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();
    }
}
