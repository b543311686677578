/** Who may call what: networks, origins, filter chains. */
@NullMarked
@ApplicationModule(allowedDependencies = {"net", "text", "web"})
package io.reelgate.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
