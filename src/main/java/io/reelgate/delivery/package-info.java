/** Tells apps what became of their jobs, without their asking again and again: answers that wait, streams, and webhooks. */
@NullMarked
@ApplicationModule(allowedDependencies = {"lease", "net", "text", "web", "job", "job :: query"})
package io.reelgate.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
