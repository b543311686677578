/** Reelgate: an internal, keyless gateway for AI video generation. One package per capability; see each one's sentence. */
@NullMarked
package io.reelgate;

import org.jspecify.annotations.NullMarked;
