/** The scheduled poller: claims due tickets, asks the upstream, records what changed. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"lease", "job", "job :: store", "job :: stats", "upstream", "upstream :: account"})
package io.reelgate.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
