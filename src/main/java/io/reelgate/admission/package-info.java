/** Whether a job may go now or not: the pause and each app's jobs per minute. */
@NullMarked
@ApplicationModule(allowedDependencies = {"apps"})
package io.reelgate.admission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
