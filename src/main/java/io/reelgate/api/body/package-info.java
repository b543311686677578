/** Takes request bodies within a budget, and no slower than a pace. */
@NullMarked
package io.reelgate.api.body;

import org.jspecify.annotations.NullMarked;
