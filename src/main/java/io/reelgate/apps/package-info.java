/** Who the apps are: what ops registered of each name, and which names were seen. */
@NullMarked
@ApplicationModule(allowedDependencies = {"net", "text", "job"})
package io.reelgate.apps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
