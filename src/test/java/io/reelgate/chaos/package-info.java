/**
 * The chaos suite: the packaged jar as processes, PostgreSQL and an upstream as processes of their own, wires between them
 * that can be cut and stalled, and the upstream's ledger held against the database at the end.
 */
@NullMarked
package io.reelgate.chaos;

import org.jspecify.annotations.NullMarked;
