/** The one WebClient: connections, what may leave, what came back. */
@NullMarked
package io.reelgate.upstream.http;

import org.jspecify.annotations.NullMarked;
