/** What ops see and do: the history API, the console's pages, settling and reopening jobs. */
@NullMarked
@ApplicationModule(allowedDependencies = {"job", "quota", "submission", "tracking", "upstream", "facade", "access"})
package io.reelgate.ops;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
