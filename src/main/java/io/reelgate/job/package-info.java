/** The job: its status machine, its timeline, its poll ticket and where they are kept. Knows no HTTP. */
@NullMarked
@ApplicationModule(allowedDependencies = {"lease", "text"})
package io.reelgate.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
