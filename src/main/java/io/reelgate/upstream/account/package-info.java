/** Which account jobs are sent to, and whose tasks this gateway may ask for. */
@NullMarked
@NamedInterface("account")
package io.reelgate.upstream.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
