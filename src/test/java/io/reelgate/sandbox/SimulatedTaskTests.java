package io.reelgate.sandbox;

import static io.reelgate.sandbox.SandboxFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds a task's id to telling the whole task, and its life to going forward. */
class SimulatedTaskTests {

    private static final VideoOrder ORDER =
            new VideoOrder("doubao-seedance-2-0", "a watch", 15, new VideoSize(1080, 1920));

    @ParameterizedTest
    @EnumSource
    void isTheSameWhenReadFromItsId(Ending ending) {
        var task = SimulatedTask.begin(ORDER, ending, START.plusNanos(1_234_567_890), Duration.ofSeconds(6));

        assertThat(task.id()).matches("task_[0-9a-z]{32}");
        assertThat(SimulatedTask.of(task.id())).contains(task);
    }

    @Test
    void hasAnIdOfItsOwn() {
        var ids = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            ids.add(SimulatedTask.begin(ORDER, Ending.FILM, START, Duration.ofMillis(1))
                    .id());
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void takesAQuarterMoreOrLessThanConfigured() {
        for (var i = 0; i < 100; i++) {
            assertThat(SimulatedTask.begin(ORDER, Ending.FILM, START, Duration.ofSeconds(6))
                            .length())
                    .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_500));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "task_1234567890",
                // No ending has this letter, and no model this number.
                "task_0mm8hq8000004mwz1050k00zk00000007",
                "task_0mm8hq8000004mws9050k00zk00000007",
                "TASK_0mm8hq8000004mws1050k00zk00000007"
            })
    void isNotReadFromForeignIds(String id) {
        assertThat(SimulatedTask.of(id)).isEmpty();
    }

    @Test
    void waitsThenWorksThenEnds() {
        var task = SandboxFixture.task(Ending.FILM);

        assertThat(task.stateAt(START)).isEqualTo(TaskState.QUEUED);
        assertThat(task.stateAt(START.plusMillis(999))).isEqualTo(TaskState.QUEUED);
        assertThat(task.stateAt(START.plusMillis(1_000))).isEqualTo(TaskState.IN_PROGRESS);
        assertThat(task.stateAt(START.plusMillis(5_999))).isEqualTo(TaskState.IN_PROGRESS);
        assertThat(task.stateAt(START.plusMillis(6_000))).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void progressesWithoutGoingBack() {
        var task = SandboxFixture.task(Ending.FAILURE);

        assertThat(task.progressAt(START)).isZero();
        assertThat(task.progressAt(START.plusMillis(1_500))).isEqualTo(25);
        assertThat(task.progressAt(START.plusMillis(3_000))).isEqualTo(50);
        assertThat(task.progressAt(START.plusMillis(5_999))).isEqualTo(99);
        assertThat(task.progressAt(START.plusMillis(6_000))).isEqualTo(100);
    }

    @Test
    void costsWhatTheProviderCharges() {
        assertThat(SandboxFixture.task(Ending.FILM).tokens()).isEqualTo(108_900);
    }
}
