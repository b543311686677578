/** What is kept, waits or is missing, and the films themselves. */
@NullMarked
@NamedInterface("library")
package io.reelgate.archive.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
