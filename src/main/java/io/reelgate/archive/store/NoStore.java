package io.reelgate.archive.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** No archive: films that were kept while there was one are where they are, and cannot be had. */
final class NoStore implements FilmStore {

    @Override
    public String describe() {
        return "none";
    }

    @Override
    public void prepare(boolean fresh) {}

    @Override
    public void check() {}

    @Override
    public String locationOf(String jobId) {
        return jobId;
    }

    @Override
    public void put(String jobId, Film film) throws IOException {
        throw off();
    }

    @Override
    public boolean takeBack(String jobId, Path file) throws IOException {
        throw off();
    }

    @Override
    public InputStream open(String location, long from, long length) throws IOException {
        throw off();
    }

    @Override
    public Optional<Path> file(String location) throws IOException {
        throw off();
    }

    @Override
    public void delete(String location) throws IOException {
        throw off();
    }

    private static IOException off() {
        return new IOException("The archive is switched off (reelgate.archive.store=none)");
    }
}
