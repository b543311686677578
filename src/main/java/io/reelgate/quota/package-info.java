/** Quota incidents: opened by a refusal, closed by a later accepted job. Takes plain values and calls nobody above it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.reelgate.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
