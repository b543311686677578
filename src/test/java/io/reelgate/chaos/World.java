package io.reelgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.chaos.Evidence.Call;
import io.reelgate.chaos.Evidence.Ending;
import io.reelgate.chaos.Evidence.Film;
import io.reelgate.chaos.Evidence.Job;
import io.reelgate.chaos.Evidence.StatusChange;
import io.reelgate.chaos.Evidence.TicketChange;
import io.reelgate.chaos.Evidence.Turn;
import io.reelgate.process.Child;
import io.reelgate.process.PackagedJar;
import io.reelgate.process.Ports;
import io.reelgate.process.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Everything the suite starts: PostgreSQL, the upstream, two replicas, and the wires between them. */
final class World implements AutoCloseable {

    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(3);

    private final boolean manyStarts;
    private final Postgres postgres;
    private final int upstreamPort = Ports.free();
    private final Child upstream;
    private final Wire upstreamWire = new Wire(upstreamPort);
    private final Path films;
    private final List<Replica> replicas;
    private final AppClient client = new AppClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final JdbcClient jdbc;

    /**
     * A world that is not started yet.
     *
     * @param directory keeps its files
     * @param manyStarts whether replicas are started so often that it pays to prepare it first
     */
    World(Path directory, boolean manyStarts) {
        this.manyStarts = manyStarts;
        postgres = new Postgres(directory.resolve("postgres"));
        var jar = PackagedJar.unpackedInto(directory.resolve("gateway"));
        upstream = Child.java(
                "upstream",
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChaosUpstream.class.getName(),
                        Integer.toString(upstreamPort)),
                Map.of());
        films = directory.resolve("films");
        replicas = Stream.of("a", "b")
                .map(name -> new Replica(name, jar, postgres.port(), upstreamWire.port(), films))
                .toList();
        jdbc = JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "postgres"));
    }

    /** Starts everything, and sets the triggers that note what only they can see for sure. */
    void start() {
        postgres.start();
        if (manyStarts) {
            a().train();
        }
        recover();
        jdbc.sql("""
                create schema chaos;
                create table chaos.status_change (seq bigserial, job_id text, before text, after text);
                create table chaos.ticket_change (seq bigserial, job_id text, what text);
                create function chaos.note_status() returns trigger language plpgsql as $$ begin
                  insert into chaos.status_change (job_id, before, after) values (new.id, old.status, new.status);
                  return null;
                end $$;
                create trigger chaos after update on video_job for each row
                  when (old.status <> new.status) execute function chaos.note_status();
                create function chaos.note_ticket() returns trigger language plpgsql as $$ begin
                  if new.progress < old.progress then
                    insert into chaos.ticket_change (job_id, what) values (new.job_id, 'went back');
                  end if;
                  if old.leased_until > now() and new.lease_token <> old.lease_token then
                    insert into chaos.ticket_change (job_id, what) values (new.job_id, 'was claimed while leased');
                  end if;
                  return null;
                end $$;
                create trigger chaos after update on poll_ticket for each row execute function chaos.note_ticket();
                create table chaos.turn (seq bigserial, job_id text, at bigint, closed boolean);
                create function chaos.note_turn() returns trigger language plpgsql as $$ begin
                  -- Who claims has the lane locked, so it is what it was seen to be.
                  insert into chaos.turn (job_id, at, closed) select new.job_id, extract(epoch from clock_timestamp()) * 1000,
                    exists (select from lane where account = new.account and model = new.model and state = 'closed');
                  return null;
                end $$;
                create trigger chaos after update on held_request for each row
                  when (new.sending and not old.sending) execute function chaos.note_turn();
                """).update();
    }

    Postgres postgres() {
        return postgres;
    }

    List<Replica> replicas() {
        return replicas;
    }

    Replica a() {
        return replicas.getFirst();
    }

    Replica b() {
        return replicas.getLast();
    }

    /** The wire between the replicas and the upstream. */
    Wire upstreamWire() {
        return upstreamWire;
    }

    /** How many poll tickets are held by these claims. */
    int held(Set<UUID> claims) {
        return (int) claims().stream().filter(claims::contains).count();
    }

    /** The claim of each poll ticket that is leased now. */
    List<UUID> claims() {
        return jdbc.sql("select lease_token from poll_ticket where lease_token is not null")
                .query((row, _) -> UUID.fromString(row.getString(1)))
                .list();
    }

    void mood(Mood mood) {
        try {
            client.post(upstreamPort, "/mood", json.writeValueAsString(mood));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings everything back that a scenario took away. */
    void recover() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> mood(Mood.FAIR));
        upstreamWire.release();
        upstreamWire.mend();
        for (var replica : replicas) {
            replica.database().release();
            replica.database().mend();
            if (!replica.isUp()) {
                replica.start();
            }
        }
        replicas.forEach(Replica::awaitReady);
    }

    /** Waits until no job of this scenario is under way any more; the failure names those that are. */
    void settle(String scenario) {
        await("no job is under way")
                .atMost(LONGEST_SETTLING)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(underWay(scenario)).as("jobs under way").isEmpty());
        await("no film waits")
                .atMost(LONGEST_SETTLING)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(filmsUnderWay(scenario))
                        .as("films under way")
                        .isEmpty());
        await("no webhook waits")
                .atMost(LONGEST_SETTLING)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(webhooksUnderWay(scenario))
                        .as("webhooks under way")
                        .isEmpty());
    }

    private List<String> webhooksUnderWay(String scenario) {
        jdbc.sql("update delivery set due_at = now() where due_at > now() and lease_token is null")
                .update();
        return jdbc.sql("""
                        select delivery.job_id || ' ' || delivery.state || ' ' || coalesce(delivery.last_error, '')
                        from delivery join video_job job on job.id = delivery.job_id
                        where prompt like ? and delivery.state <> 'delivered'
                        """)
                .param(scenario + ":%")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Nobody waits for the pauses between two tries here. */
    private List<String> filmsUnderWay(String scenario) {
        jdbc.sql("update film set due_at = now() where due_at > now() and lease_token is null")
                .update();
        return jdbc.sql("""
                        select film.job_id || ' ' || coalesce(film.error, '') from film join video_job job on job.id = film.job_id
                        where prompt like ? and film.state = 'waiting'
                        """)
                .param(scenario + ":%")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<Job> underWay(String scenario) {
        return rows(Job.class, scenario, """
                select * from video_job where prompt like ? and status in ('held', 'submitting', 'queued', 'in_progress')
                """);
    }

    /** All that can be known about the jobs of this scenario. */
    Evidence evidence(String scenario, Load load, Watcher watcher, List<Telling> tellings) {
        return new Evidence(
                load.attempts(),
                ledger().stream()
                        .filter(entry -> entry.prompt().startsWith(scenario + ":"))
                        .toList(),
                rows(Job.class, scenario, "select job.* from video_job job where prompt like ?"),
                rows(StatusChange.class, scenario, """
                        select change.* from chaos.status_change change join video_job job on job.id = change.job_id
                        where prompt like ? order by seq
                        """),
                rows(TicketChange.class, scenario, """
                        select change.* from chaos.ticket_change change join video_job job on job.id = change.job_id
                        where prompt like ? order by seq
                        """),
                rows(Ending.class, scenario, """
                        select event.* from job_event event join video_job job on job.id = event.job_id
                        where prompt like ?
                          and kind in ('succeeded', 'failed', 'expired', 'rejected', 'unavailable', 'lost')
                        """),
                watcher.sightings(),
                films(scenario),
                tellings,
                replicas.stream().flatMap(replica -> replica.deaths().stream()).toList(),
                rows(Turn.class, scenario, """
                        select turn.* from chaos.turn turn join video_job job on job.id = turn.job_id
                        where prompt like ? order by seq
                        """),
                read("/calls", new TypeReference<List<Call>>() {}).stream()
                        .filter(call -> call.prompt().startsWith(scenario + ":"))
                        .toList(),
                bodies(scenario));
    }

    /** The jobs whose bodies are kept. */
    private List<String> bodies(String scenario) {
        return jdbc.sql("select job_id from held_request join video_job job on job.id = job_id where prompt like ?")
                .param(scenario + ":%")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** How many jobs of this scenario wait. */
    int waiting(String scenario) {
        return jdbc.sql("select count(*) from video_job where status = 'held' and prompt like ?")
                .param(scenario + ":%")
                .query(Integer.class)
                .single();
    }

    /** Whether a job that waited was claimed a moment ago, and is with the upstream now. */
    boolean isTrying() {
        return jdbc.sql("""
                        select exists (select from chaos.turn join held_request held using (job_id)
                          where sending and at > extract(epoch from clock_timestamp()) * 1000 - 300)
                        """).query(Boolean.class).single();
    }

    private List<Film> films(String scenario) {
        var sent = read("/films", new TypeReference<Map<String, Integer>>() {});
        return jdbc.sql("""
                        select film.job_id, film.state, film.error, job.upstream_task_id
                        from film join video_job job on job.id = film.job_id where prompt like ?
                        """)
                .param(scenario + ":%")
                .query((row, _) -> film(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        sent.getOrDefault(row.getString(4), 0)))
                .list();
    }

    /** What is served is asked of the replicas in turn. */
    private Film film(String jobId, String state, @Nullable String error, String taskId, int sent) {
        var replica = replicas.get(Math.floorMod(jobId.hashCode(), replicas.size()));
        try {
            var port = (replica.isUp() ? replica : b()).port();
            var same = state.equals("kept") && Arrays.equals(client.film(port, jobId), LedgerEntry.film(taskId));
            return new Film(jobId, taskId, state, error, sent, same);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The volume of the films is not mounted any more. */
    void unmountFilms() {
        move(".reelgate-archive", ".away");
    }

    /** And now it is again. */
    void mountFilms() {
        move(".away", ".reelgate-archive");
    }

    private void move(String from, String to) {
        try {
            Files.move(films.resolve(from), films.resolve(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> List<T> rows(Class<T> type, String scenario, String sql) {
        return jdbc.sql(sql)
                .param(scenario + ":%")
                .query(new SimplePropertyRowMapper<>(type))
                .list();
    }

    private List<LedgerEntry> ledger() {
        return read("/ledger", new TypeReference<>() {});
    }

    private <T> T read(String path, TypeReference<T> type) {
        try {
            return json.convertValue(client.get(upstreamPort, path).body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        upstreamWire.close();
        upstream.kill();
        postgres.close();
    }
}
