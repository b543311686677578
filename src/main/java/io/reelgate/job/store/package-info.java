/** Where jobs are kept: the one writer of a status, the timeline, poll tickets and retention. */
@NullMarked
@NamedInterface("store")
package io.reelgate.job.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
