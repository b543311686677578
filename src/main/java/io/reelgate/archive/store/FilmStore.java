package io.reelgate.archive.store;

import io.reelgate.archive.NoSuchFilmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where films lie, each under its job's id. A film is there whole or not at all. Any {@link IOException} but
 * {@link NoSuchFilmException} says that the store is away, or will not have it now.
 */
public interface FilmStore {

    /** Where it is and what kind it is, in a few words for ops. */
    String describe();

    /**
     * Makes it ready, once; throws if that cannot be done now.
     *
     * @param fresh if no film is on record, so that one that is empty may be taken for a new one
     */
    void prepare(boolean fresh) throws IOException;

    /** Whether it answers; throws if it does not. */
    void check() throws IOException;

    /** Where the film of this job lies, or would lie. */
    String locationOf(String jobId);

    /** Puts this file in one piece where the job's film belongs, in the place of an older one. The file may be gone after that. */
    void put(String jobId, Film film) throws IOException;

    /**
     * Moves what lies in the film's place into this file, if the store can: a film that was put there and never written down
     * need not be fetched a second time. False if there is nothing, or the store cannot; then the place is empty.
     */
    boolean takeBack(String jobId, Path file) throws IOException;

    /** So many bytes of a film from this one on. */
    InputStream open(String location, long from, long length) throws IOException;

    /** The film as a file of this machine, if it is one. */
    Optional<Path> file(String location) throws IOException;

    /** Deletes it; one that is not there is deleted already. */
    void delete(String location) throws IOException;

    /**
     * A whole film, before it is in the store.
     *
     * @param type a video type
     * @param sha256 lower-case hex
     */
    record Film(Path file, long size, String type, String sha256) {}
}
