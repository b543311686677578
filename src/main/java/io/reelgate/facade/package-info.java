/** The keyless REST endpoint that apps call: request in, answer out, nothing else. */
@NullMarked
@ApplicationModule(allowedDependencies = {"submission", "job", "upstream"})
package io.reelgate.facade;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
