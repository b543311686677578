/** Gives finished films out: a link, or the stream. */
@NullMarked
package io.reelgate.api.content;

import org.jspecify.annotations.NullMarked;
