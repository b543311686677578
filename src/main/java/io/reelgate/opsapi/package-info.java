/** Ops' JSON. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "apps",
            "web",
            "upstream :: account",
            "operations",
            "operations :: spend",
            "billing",
            "billing :: charge",
            "billing :: spend",
            "admission",
            "admission :: lane",
            "delivery :: webhook",
            "archive",
            "incidents",
            "job",
            "job :: query",
            "job :: stats",
            "job :: store"
        })
package io.reelgate.opsapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
