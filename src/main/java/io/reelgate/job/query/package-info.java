/** Reads jobs: one by id, or many, page by page. */
@NullMarked
@NamedInterface("query")
package io.reelgate.job.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
