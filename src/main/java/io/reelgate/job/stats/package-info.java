/** Counts jobs, and tells how long they take. */
@NullMarked
@NamedInterface("stats")
package io.reelgate.job.stats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
