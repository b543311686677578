/** What ops ask and do: search, resolve, alarms, statistics. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "apps",
            "text",
            "job",
            "job :: store",
            "job :: query",
            "job :: stats",
            "upstream",
            "upstream :: account",
            "submission",
            "incidents",
            "admission",
            "admission :: lane",
            "submission :: hold",
            "archive",
            "billing",
            "billing :: charge",
            "billing :: spend",
            "archive :: library",
            "archive :: copy",
            "archive :: store",
            "delivery :: webhook",
            "web",
            "tracking"
        })
package io.reelgate.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
