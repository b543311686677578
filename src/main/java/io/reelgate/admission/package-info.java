/** Whether a job may go now, waits, or is refused: the pause, each app's jobs per minute, and for what jobs wait. */
@NullMarked
@ApplicationModule(allowedDependencies = {"apps", "job"})
package io.reelgate.admission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
