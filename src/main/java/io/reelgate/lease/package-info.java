/** Work that is done later, by whichever replica: rows that are due, who holds them, and how long to wait before the next try. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.reelgate.lease;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
