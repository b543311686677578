/** Money: prices, what a job is estimated at, what it came to, and who spent it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"lease", "text", "job", "job :: query", "job :: store"})
package io.reelgate.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
