/** Fetches the films of jobs that ended well, each once, and puts them into the store. */
@NullMarked
@NamedInterface("copy")
package io.reelgate.archive.copy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
