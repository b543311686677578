/** What HTTP needs whoever asks: request ids, client addresses, filters, and the writers of errors and problems. */
@NullMarked
@ApplicationModule(allowedDependencies = {"net"})
package io.reelgate.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
