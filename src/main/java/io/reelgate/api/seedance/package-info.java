/** The upstream's own dialect: parse a body, submit it, answer. */
@NullMarked
package io.reelgate.api.seedance;

import org.jspecify.annotations.NullMarked;
