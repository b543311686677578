package io.reelgate.api.content;

import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.KeptFilm;
import io.reelgate.archive.NoSuchFilmException;
import io.reelgate.archive.library.FilmLibrary;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.VideoContent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Gives out films that are kept: whole or one range of them (RFC 9110, 13 and 14), each with its SHA-256 as a strong tag. A film is a
 * stranger's file on the gateway's own address, so it is a video or a download, and never a page.
 */
@Component
class KeptFilms {

    private static final Logger log = LoggerFactory.getLogger(KeptFilms.class);

    /** How Tomcat is told to send a file by itself, with no copy of it in the heap (its documentation of the connector). */
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";

    private static final Map<String, String> SUFFIXES =
            Map.of("video/mp4", ".mp4", "video/quicktime", ".mov", "video/webm", ".webm");

    private final FilmLibrary library;
    private final FilmStreams streams;

    KeptFilms(FilmLibrary library, FilmStreams streams) {
        this.library = library;
        this.streams = streams;
    }

    /** What came of it; unless it was sent, nothing has been said in the answer yet. */
    enum Sent {
        SENT,
        /** It is not kept, or not any more. */
        NOT_KEPT,
        /** Whether it is there cannot be told now. */
        STORE_AWAY
    }

    /** A film and how its bytes are got at: a file of this machine, or a stream. */
    private record Opened(
            KeptFilm film,
            @Nullable HttpRange range,
            @Nullable Path file,
            @Nullable InputStream stream) {

        long first() {
            return range == null ? 0 : range.getRangeStart(film.size());
        }

        long length() {
            return range == null ? film.size() : range.getRangeEnd(film.size()) - first() + 1;
        }

        @Nullable
        String contentRange() {
            return range == null ? null : "bytes %d-%d/%d".formatted(first(), first() + length() - 1, film.size());
        }
    }

    /** Sends what is asked for of this job's film; throws 416 if it has no such part. */
    Sent send(String jobId, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var record = library.find(jobId).filter(FilmRecord::isKept).orElse(null);
        if (record == null || record.kept() == null) {
            return Sent.NOT_KEPT;
        }
        var film = record.kept();
        try (var place = streams.enter(request)) {
            var range = range(film, request, response);
            Opened opened;
            try {
                opened = open(record, film, range, request);
            } catch (NoSuchFilmException gone) {
                return Sent.NOT_KEPT;
            } catch (IOException away) {
                log.warn("Job {}: its film cannot be read now: {}", jobId, away.getMessage());
                return Sent.STORE_AWAY;
            }
            send(opened, place, request, response);
            return Sent.SENT;
        }
    }

    private Opened open(FilmRecord record, KeptFilm film, @Nullable HttpRange range, HttpServletRequest request)
            throws IOException {
        var file = library.file(record).orElse(null);
        var opened = new Opened(film, range, file, null);
        return isHead(request) || file != null && Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
                ? opened
                : new Opened(film, range, null, library.open(record, opened.first(), opened.length()));
    }

    private void send(Opened opened, FilmPlace place, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try (var stream = opened.stream()) {
            if (new ServletWebRequest(request, response)
                    .checkNotModified(tag(opened.film()), opened.film().keptAt().toEpochMilli())) {
                return;
            }
            announce(opened, response);
            if (isHead(request)) {
                return;
            }
            if (stream == null) {
                request.setAttribute(SENDFILE + "filename", String.valueOf(opened.file()));
                request.setAttribute(SENDFILE + "start", opened.first());
                request.setAttribute(SENDFILE + "end", opened.first() + opened.length());
                return;
            }
            var film = new VideoContent.Stream(
                    opened.film().type(), opened.length(), opened.contentRange(), Map.of(), stream);
            try {
                streams.send(film, place, response.getOutputStream());
            } catch (IOException e) {
                // Breaks the connection, or the app would take a part for the whole; without a stack trace for each.
                throw new CloseNowException(e);
            }
        }
    }

    private static void announce(Opened opened, HttpServletResponse response) {
        var film = opened.film();
        response.setContentType(film.type());
        response.setContentLengthLong(opened.length());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.inline()
                        .filename(film.jobId() + SUFFIXES.getOrDefault(film.type(), ".video"))
                        .build()
                        .toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox");
        if (opened.range() != null) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, opened.contentRange());
        }
    }

    /** The one range that is wanted; {@code null} for the whole, which several ranges are answered with as well. */
    private static @Nullable HttpRange range(KeptFilm film, HttpServletRequest request, HttpServletResponse response) {
        if (isHead(request)) {
            return null; // a look at the headers is one at those of the whole (RFC 9110, 14.2)
        }
        var wanted = RangeRequest.of(
                Collections.list(request.getHeaders(HttpHeaders.RANGE)),
                Collections.list(request.getHeaders(HttpHeaders.IF_RANGE)));
        if (wanted.range() == null || !isSame(film, wanted.ifRange())) {
            return null;
        }
        var ranges = HttpRange.parseRanges(wanted.range());
        if (ranges.size() != 1) {
            return null;
        }
        var range = ranges.getFirst();
        if (range.getRangeStart(film.size()) >= film.size()) {
            throw ContentErrors.outOfRange("bytes */" + film.size(), response);
        }
        return range;
    }

    /** Whether this condition of a range holds: the tag or the date of the film as it is. */
    private static boolean isSame(KeptFilm film, @Nullable String condition) {
        if (condition == null || condition.equals(tag(film))) {
            return true;
        }
        try {
            return ZonedDateTime.parse(condition, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .equals(seconds(film.keptAt()));
        } catch (DateTimeException another) {
            return false;
        }
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String tag(KeptFilm film) {
        return "\"" + film.sha256() + "\"";
    }

    private static boolean isHead(HttpServletRequest request) {
        return HttpMethod.HEAD.matches(request.getMethod());
    }
}
