/** The upstream's border: the account and its key, and what the upstream said as Java types. Knows no job. */
@NullMarked
@ApplicationModule(allowedDependencies = {"net", "text"})
package io.reelgate.upstream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
