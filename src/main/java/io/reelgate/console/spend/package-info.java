/** Ops' pages about money. */
@NullMarked
package io.reelgate.console.spend;

import org.jspecify.annotations.NullMarked;
