package io.reelgate.opsapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param next the {@code cursor} of the next page, {@code null} at the end; a page may be short, or empty, and have one
 */
record PageJson<T>(List<T> items, @Nullable String next) {}
