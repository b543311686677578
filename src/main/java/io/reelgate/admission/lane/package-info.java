/** For which account and model jobs have to wait, and when one of them is tried. */
@NullMarked
@NamedInterface("lane")
package io.reelgate.admission.lane;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
