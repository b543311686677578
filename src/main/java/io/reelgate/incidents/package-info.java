/** When an account had no money for a model: opened by a refusal, closed by a later accepted job. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.reelgate.incidents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
