/** Processes that suites start and end by themselves: the packaged gateway, other Java programs, a PostgreSQL server. */
@NullMarked
package io.reelgate.process;

import org.jspecify.annotations.NullMarked;
