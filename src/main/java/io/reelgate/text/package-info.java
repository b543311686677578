/** Text and bytes from outside, made fit to be stored, logged and compared. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.reelgate.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
