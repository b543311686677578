package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which two ids, of those that upstreams make, would be two tasks of one upstream. */
class IdFormTests {

    @ParameterizedTest
    @CsvSource({
        "task_0mww3tprw0048ls1050dc0nq3j6l24se, task_0mww3tprw0048ls1050dc0nq3j6l24sf",
        "task_up1, task_a-much-longer-one",
        "cgt-20260731120000-abcde, cgt-20260731120001-x7",
        "9f1c2a7e-0b1d-4c7a-8a43-2f6b1f0c9d11, 0d6f3b52-91aa-4e0c-b1f4-6b9f00c2a7ee",
        // The first group of a UUID may be letters only, which looks like a name.
        "deadbeef-0b1d-4c7a-8a43-2f6b1f0c9d11, 0d6f3b52-91aa-4e0c-b1f4-6b9f00c2a7ee",
        "d41d8cd98f00b204e9800998ecf8427e, 900150983cd24fb0d6963f7d28e17f72",
        "4711000001, 4711000002",
        "20260731-0001, 20260731-0002",
        "veo3-aaaa, veo3-bbbb"
    })
    void isOneForTasksOfOneUpstream(String one, String other) {
        assertThat(IdForm.isShared(one, other)).isTrue();
        assertThat(IdForm.isShared(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "task_0mww3tprw0048ls1050dc0nq3j6l24se, cgt-20260731120000-abcde",
        "task_0mww3tprw, 4711",
        "task_0mww3tprw, 9f1c2a7e-0b1d-4c7a-8a43-2f6b1f0c9d11",
        "task_aaaa, tasks_aaa",
        "vid_aaaa, cgt_aaaa",
        "task_aaaa, task-aaaa",
        "9f1c2a7e-0b1d-4c7a-8a43-2f6b1f0c9d11, d41d8cd98f00b204e9800998ecf8427e",
        "4711000001, 4711",
        "1234567890, 12345abcde",
        "任务_1, task_1"
    })
    void isNotOneForIdsOfAnotherKind(String one, String other) {
        assertThat(IdForm.isShared(one, other)).isFalse();
        assertThat(IdForm.isShared(other, one)).isFalse();
    }
}
