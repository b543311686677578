/** Ops' JSON about money. */
@NullMarked
@NamedInterface("spend")
package io.reelgate.opsapi.spend;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
