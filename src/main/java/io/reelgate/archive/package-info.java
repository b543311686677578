/** Keeps finished films, so that they outlive the upstream's links, and gives them out. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "lease",
            "net",
            "text",
            "job",
            "job :: store",
            "job :: query",
            "upstream",
            "upstream :: account"
        })
package io.reelgate.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
