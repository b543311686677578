/** A simulated upstream under the profile {@code sandbox}, for the apps' developers; nobody imports it. */
@NullMarked
@ApplicationModule(allowedDependencies = "delivery :: webhook")
package io.reelgate.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
