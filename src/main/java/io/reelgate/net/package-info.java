/** Addresses and networks, and connections to addresses that strangers chose. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.reelgate.net;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
