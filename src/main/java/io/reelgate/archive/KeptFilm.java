package io.reelgate.archive;

import java.time.Instant;

/**
 * A film in the store.
 *
 * @param location where it lies there
 * @param size in bytes
 * @param sha256 of its bytes, in lower-case hex
 * @param type a video type
 * @param keptAt when it came there
 */
public record KeptFilm(String jobId, String location, long size, String sha256, String type, Instant keptAt) {}
