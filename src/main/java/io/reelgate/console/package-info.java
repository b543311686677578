/** Ops' pages. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "apps",
            "web",
            "operations",
            "operations :: spend",
            "billing",
            "billing :: charge",
            "billing :: spend",
            "admission",
            "admission :: lane",
            "archive",
            "archive :: library",
            "delivery :: webhook",
            "incidents",
            "job",
            "job :: query",
            "job :: stats",
            "job :: store",
            "upstream",
            "upstream :: account",
            "tracking"
        })
package io.reelgate.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
