/** Takes a job in, whatever the dialect: reads and checks its body, submits it, and holds its answer where the app would wait. */
@NullMarked
package io.reelgate.api.intake;

import org.jspecify.annotations.NullMarked;
