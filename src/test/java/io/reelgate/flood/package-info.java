/** What strangers may throw at the gateway: requests that nobody means, and more of them than anybody needs. */
@NullMarked
package io.reelgate.flood;

import org.jspecify.annotations.NullMarked;
