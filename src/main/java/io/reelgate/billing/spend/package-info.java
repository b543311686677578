/** Spend: who spent how much on what, added up from the charges and from the jobs in flight. */
@NullMarked
@NamedInterface("spend")
package io.reelgate.billing.spend;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
