/** Where films lie: a folder, or a bucket. */
@NullMarked
package io.reelgate.archive.store;

import org.jspecify.annotations.NullMarked;
