/** Readers of the answers of one family of upstreams, new-api and what descends from it. */
@NullMarked
package io.reelgate.upstream.newapi;

import org.jspecify.annotations.NullMarked;
