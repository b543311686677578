/** The second door: OpenAI's Videos, for the SDKs that people have. Parse a body or a form, render the upstream's body, answer. */
@NullMarked
package io.reelgate.api.videos;

import org.jspecify.annotations.NullMarked;
