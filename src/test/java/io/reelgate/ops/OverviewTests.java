package io.reelgate.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.ops.Alarm.Blame;
import io.reelgate.ops.Alarm.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTests {

    /** Slow jobs may stand in a mere queue: nobody is to be woken for that. */
    @Test
    void turnsALightRedForAnAlarmAndNotForANotice() {
        assertThat(state(Severity.ALARM)).isEqualTo("ill");
        assertThat(state(Severity.NOTICE)).isEqualTo("unknown");
    }

    private static String state(Severity severity) {
        var alarm = new Alarm(severity, "a", Blame.UPSTREAM, "title", "advice", null, null, null);
        return new Overview(Window.HOUR, Split.ENDING, List.of(alarm), null).state(Blame.UPSTREAM);
    }
}
