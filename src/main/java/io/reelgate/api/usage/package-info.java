/** What an app has spent, told to the app itself. */
@NullMarked
package io.reelgate.api.usage;

import org.jspecify.annotations.NullMarked;
