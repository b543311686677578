package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.operations.Alarm;
import io.reelgate.operations.Alarm.Blame;
import io.reelgate.operations.Alarm.Message;
import io.reelgate.operations.Alarm.Severity;
import io.reelgate.operations.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTests {

    /** Slow jobs may stand in a mere queue: nobody is to be woken for that. */
    @Test
    void turnsALightRedForAnAlarmAndNotForANotice() {
        assertThat(state(Severity.ALARM)).isEqualTo("ill");
        assertThat(state(Severity.NOTICE)).isEqualTo("unknown");
    }

    /** An empty balance is worse than a job that somebody has to look for on a bill. */
    @Test
    void turnsItAmberForAWarning() {
        assertThat(state(Severity.WARNING)).isEqualTo("watch");
    }

    @Test
    void doesNotCallAPausedGatewayInOrder() {
        var paused = new Overview(Window.HOUR, GroupBy.ENDING, List.of(), true, null);

        assertThat(paused.state(Blame.GATEWAY)).isEqualTo("paused");
        assertThat(paused.state(Blame.UPSTREAM)).isEqualTo("unknown");
    }

    private static String state(Severity severity) {
        var message = new Message("alarm.failing", List.of());
        var alarm = new Alarm(severity, "a", Blame.UPSTREAM, message, message, null, null, null);
        return new Overview(Window.HOUR, GroupBy.ENDING, List.of(alarm), false, null).state(Blame.UPSTREAM);
    }
}
