/** Jobs that wait their turn: what is kept of them, who is next, and how their waiting ends. */
@NullMarked
@NamedInterface("hold")
package io.reelgate.submission.hold;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
