/** Tomcat as the gateway wants it: fair to all addresses, and with refusals in the right shape. */
@NullMarked
package io.reelgate.web.tomcat;

import org.jspecify.annotations.NullMarked;
