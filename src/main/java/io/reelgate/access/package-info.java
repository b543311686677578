/** Who may call what: networks, origins, the ops login, request ids, the brake. */
@NullMarked
@ApplicationModule(allowedDependencies = {"facade"})
package io.reelgate.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
