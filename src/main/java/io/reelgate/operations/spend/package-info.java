/** What ops ask about money, and what they say of it. */
@NullMarked
@NamedInterface("spend")
package io.reelgate.operations.spend;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
