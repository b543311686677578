/** Removes films whose time is over, from the store first and then from the record. */
@NullMarked
package io.reelgate.archive.retention;

import org.jspecify.annotations.NullMarked;
