/** The console in a real browser: what ops do with it, how it looks, and whether everybody can use it. */
@org.jspecify.annotations.NullMarked
package io.reelgate.console;
