package io.reelgate.archive.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.reelgate.archive.NoSuchFilmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * Films in a folder: {@code ab/cd/<id>.mp4}, by the last digits of the id, which are random. A film comes by a move within the
 * file system, so replicas may share a volume.
 *
 * <p>A mark at its top tells a folder whose volume is not mounted from one whose films are gone.
 */
final class FilesystemStore implements FilmStore {

    private static final String MARK = ".reelgate-archive";

    private final Path root;

    FilesystemStore(Path root) {
        this.root = root;
    }

    @Override
    public void prepare(boolean fresh) throws IOException {
        Files.createDirectories(root);
        if (fresh) {
            Files.writeString(
                    root.resolve(MARK),
                    "Films of Reelgate lie here. Without this file it takes the volume for not mounted.\n");
        }
    }

    @Override
    public String describe() {
        return "folder " + root;
    }

    @Override
    public void check() throws IOException {
        if (!Files.isRegularFile(root.resolve(MARK))) {
            throw new IOException("films are on record, and " + root + " has no file " + MARK
                    + ": its volume seems not to be mounted (if the films were moved there, make that file)");
        }
        if (!Files.isWritable(root)) {
            throw new IOException("The folder cannot be written to");
        }
    }

    @Override
    public String locationOf(String jobId) {
        int end = jobId.length();
        return jobId.substring(end - 4, end - 2) + "/" + jobId.substring(end - 2) + "/" + jobId + ".mp4";
    }

    @Override
    public void put(String jobId, Film film) throws IOException {
        check();
        var target = path(locationOf(jobId));
        var folder = Objects.requireNonNull(target.getParent());
        Files.createDirectories(folder);
        Files.move(film.file(), target, ATOMIC_MOVE);
        flush(folder);
    }

    @Override
    public boolean takeBack(String jobId, Path file) throws IOException {
        try {
            Files.move(path(locationOf(jobId)), file, ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException nothing) {
            return false;
        }
    }

    @Override
    public InputStream open(String location, long from, long length) throws IOException {
        var channel = FileChannel.open(file(location).orElseThrow(), StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(from));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Optional<Path> file(String location) throws IOException {
        var file = path(location);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        check();
        throw new NoSuchFilmException(location);
    }

    @Override
    public void delete(String location) throws IOException {
        check();
        Files.deleteIfExists(path(location));
    }

    /** A location is one of ours; it is held to the folder all the same. */
    private Path path(String location) throws IOException {
        var path = root.resolve(location).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("No place in the archive: " + location);
        }
        return path;
    }

    /** A move is on the disk when its folder is. Not every system lets a folder be flushed. */
    private static void flush(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            // Then it is up to the system.
        }
    }
}
