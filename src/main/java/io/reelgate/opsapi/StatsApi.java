package io.reelgate.opsapi;

import io.reelgate.operations.Stalled;
import io.reelgate.operations.Statistics;
import io.reelgate.operations.Window;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /ops/api/stats}: the overview's numbers, as JSON. */
@RestController
class StatsApi {

    private final Statistics statistics;
    private final Stalled stalled;

    StatsApi(Statistics statistics, Stalled stalled) {
        this.statistics = statistics;
        this.stalled = stalled;
    }

    @GetMapping("/ops/api/stats")
    StatsJson stats(@RequestParam(defaultValue = "24h") String window) {
        var chosen = Window.of(window);
        return StatsJson.of(chosen, statistics.in(chosen), statistics.waiting(), stalled.now());
    }
}
