package io.reelgate.console;

import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.FilmState;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobView;
import io.reelgate.job.stats.TicketWatch.Watched;
import io.reelgate.tracking.StalledJobs.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of one job shows.
 *
 * @param prompt the whole of it
 * @param request the JSON that asked for it, indented, or its beginning if it is long
 * @param curl what asks for it again; {@code null} if that is too long for a command line
 * @param watched how its polls go; {@code null} if it is not in flight
 * @param slow that it takes far longer than others of its kind; {@code null} if it does not
 * @param keeping what is on record of the keeping of its film; {@code null} if nobody was to keep it
 * @param archive whether films are kept at all
 * @param now to tell what is over
 */
record JobDetailView(
        JobView job,
        String prompt,
        String request,
        boolean elided,
        @Nullable String curl,
        List<TimelineLine> timeline,
        @Nullable Watched watched,
        @Nullable Slow slow,
        @Nullable FilmRecord keeping,
        boolean archive,
        Instant now) {

    /** The row the job would be in a table. */
    public JobListItem row() {
        return JobListItem.of(new JobListing(job, prompt, null, null), now);
    }

    /** Whether it waits, so that it can be called off. */
    public boolean canCancel() {
        return job.status() == JobStatus.HELD;
    }

    /** Since when polls have told nothing of it; {@code null} if they do. */
    public @Nullable Instant silentSince() {
        return watched == null ? null : watched.silentSince();
    }

    /** How long the upstream had it, once both ends are known. */
    public @Nullable Duration atUpstream() {
        return job.acceptedAt() == null || job.finishedAt() == null
                ? null
                : Duration.between(job.acceptedAt(), job.finishedAt());
    }

    /** Whether its film lies in the store. */
    public boolean isKept() {
        return keeping != null && keeping.isKept() && keeping.goneAt() == null;
    }

    /** Whether the keeping of its film may go on by itself while one looks. */
    public boolean isWaiting() {
        return keeping != null && keeping.state() == FilmState.WAITING;
    }

    /** Whether its film is not kept, and perhaps still can be. */
    public boolean canKeep() {
        if (!archive || job.film() == null || isKept()) {
            return false;
        }
        var until = keeping == null ? job.film().urlExpiresAt() : keeping.linkEndsAt();
        return until == null || until.isAfter(now);
    }

    /** Whether a player may be led to wherever the upstream keeps the film, now or once there is one. */
    public boolean playsForeignFilm() {
        return !isKept();
    }

    /** Whether its film had nothing but a link, which is dead now. */
    public boolean isExpired() {
        var film = job.film();
        return film != null
                && !isKept()
                && film.urlExpiresAt() != null
                && !film.urlExpiresAt().isAfter(now);
    }

    /** What a player plays: the gateway's own path to a film that is kept or has no link, else its link; {@code null} if there is nothing to play. */
    public @Nullable String playable() {
        var film = job.film();
        if (film == null || isExpired()) {
            return null;
        }
        var url = film.url();
        return isKept() || url == null ? "/v1/video/generations/" + job.id() + "/content" : http(url);
    }

    private static @Nullable String http(String url) {
        return url.startsWith("https://") || url.startsWith("http://") ? url : null;
    }

    public @Nullable VideoResult film() {
        return job.film();
    }

    /** Whether it can be polled at once. */
    public boolean canPoll() {
        return job.status().tracked();
    }

    /** Whether ops can say that the upstream never took it. */
    public boolean canLose() {
        return job.status() == JobStatus.UNCONFIRMED;
    }

    /** Whether ops can name the task it became. */
    public boolean canAttach() {
        return job.status() == JobStatus.UNCONFIRMED || reopens();
    }

    /** Whether it can be followed again. */
    public boolean canReopen() {
        return reopens() && job.upstreamTaskId() != null;
    }

    private boolean reopens() {
        var error = job.error();
        return job.status().reopens(error == null ? "" : Objects.requireNonNull(error.code()));
    }
}
