/** One job's way to the upstream: intent, call, outcome; and the idempotency keys that make a repeat harmless. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "lease",
            "text",
            "job",
            "job :: store",
            "job :: query",
            "upstream",
            "upstream :: account",
            "incidents",
            "admission",
            "admission :: lane",
            "billing"
        })
package io.reelgate.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
