package io.reelgate.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process that the suite started, on the JDK that runs the suite, and ends by its id. */
public final class Child {

    /** Where all children write their logs. */
    public static final Path LOGS = Path.of("target", "processes");

    private static final Duration LONGEST_END = Duration.ofMinutes(5);

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts {@code java} with these arguments and adds its output to {@code target/processes/<name>.log}. */
    public static Child java(String name, List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name)));
            builder.environment().putAll(environment);
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static File log(String name) {
        LOGS.toFile().mkdirs();
        return LOGS.resolve(name + ".log").toFile();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until it is gone; does nothing to one that ended already. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and waits until it ended by itself. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Sends any other signal, such as {@code STOP}. */
    public void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it ended by itself. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Process " + process.pid() + " had not ended after " + LONGEST_END);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
