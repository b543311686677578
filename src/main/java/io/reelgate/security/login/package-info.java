/** The ops user: password, sessions, and what slows those who guess. */
@NullMarked
package io.reelgate.security.login;

import org.jspecify.annotations.NullMarked;
