/** Charges: what jobs came to, booked by the change of status that ends them, and corrected by ops. */
@NullMarked
@NamedInterface("charge")
package io.reelgate.billing.charge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
