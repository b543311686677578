/** The apps' HTTP: what every dialect shares. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "net",
            "text",
            "web",
            "apps",
            "archive",
            "archive :: library",
            "admission",
            "admission :: lane",
            "billing",
            "billing :: spend",
            "submission",
            "submission :: hold",
            "delivery",
            "job",
            "job :: store",
            "job :: query",
            "upstream",
            "upstream :: account"
        })
package io.reelgate.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
