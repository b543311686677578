package io.reelgate.archive.copy;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.reelgate.archive.store.FilmStore;
import io.reelgate.text.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder of films that are not in the store yet: {@code <id>.<claim>.part} while one is fetched, and {@code <id>.film} once
 * it is whole. A whole one stays until it is in the store and on record, so that no crash and no absent store asks for a second
 * download.
 */
final class WorkFolder {

    private static final String PART = ".part";
    private static final String WHOLE = ".film";

    private final Path folder;

    WorkFolder(Path archive) {
        this.folder = archive.resolve("work");
    }

    /** Where this claim fetches the film to. */
    Path part(FilmTicket ticket) throws IOException {
        Files.createDirectories(folder);
        return folder.resolve(ticket.jobId() + "." + ticket.token() + PART);
    }

    /** Where the whole film lies until it is kept. */
    Path whole(String jobId) throws IOException {
        Files.createDirectories(folder);
        return folder.resolve(jobId + WHOLE);
    }

    /** A film that was fetched to its end, which from now on nobody needs to fetch again. */
    void finish(Path part, Path whole) throws IOException {
        Files.move(part, whole, ATOMIC_MOVE);
    }

    /** What lies there from an earlier try; {@code null} if nothing does. */
    FilmStore.@Nullable Film found(Path whole) throws IOException {
        var digest = Sha256.digest();
        byte[] head;
        long size;
        try (var bytes = new DigestInputStream(Files.newInputStream(whole), digest)) {
            head = bytes.readNBytes(VideoTypes.HEAD);
            size = head.length + bytes.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException none) {
            return null;
        }
        // It was looked at when it came.
        var type = Objects.requireNonNullElse(VideoTypes.of(head, null), VideoTypes.MP4);
        return new FilmStore.Film(whole, size, type, HexFormat.of().formatHex(digest.digest()));
    }

    /** Removes what an earlier claim of this film had not finished. */
    void clearParts(FilmTicket ticket) throws IOException {
        for (var file : list(ticket.jobId() + ".*" + PART)) {
            if (!file.equals(part(ticket))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes all that there is of this film here. */
    void clear(String jobId) throws IOException {
        for (var file : list(jobId + ".*")) {
            Files.deleteIfExists(file);
        }
    }

    /** The jobs of whole films that nobody has touched since then; unfinished ones of that age are removed. */
    List<String> abandoned(Instant before) throws IOException {
        var jobs = new ArrayList<String>();
        for (var file : list("*")) {
            if (touched(file).toInstant().isBefore(before)) {
                var name = file.getFileName().toString();
                if (name.endsWith(WHOLE)) {
                    jobs.add(name.substring(0, name.length() - WHOLE.length()));
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return jobs;
    }

    private static FileTime touched(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException goneMeanwhile) {
            return FileTime.from(Instant.MAX);
        }
    }

    private List<Path> list(String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            return found;
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }
}
