package io.reelgate.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs, newest first; {@code next} is the cursor of the page behind it, or {@code null} on the last. */
record JobPage(List<JobItem> items, @Nullable String next) {}
