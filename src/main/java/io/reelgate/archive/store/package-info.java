/** Where films lie: a folder, or a bucket. */
@NullMarked
@NamedInterface("store")
package io.reelgate.archive.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
