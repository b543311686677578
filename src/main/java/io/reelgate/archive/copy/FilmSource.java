package io.reelgate.archive.copy;

import io.reelgate.job.query.JobView;
import io.reelgate.upstream.FilmLink;
import io.reelgate.upstream.RangeRequest;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.VideoContent;
import java.util.Objects;

/** Opens a job's film where it is: at its link, or, if it has none, at the upstream's content path, with the key. */
final class FilmSource {

    private final LinkClient links;
    private final UpstreamClient upstream;

    FilmSource(LinkClient links, UpstreamClient upstream) {
        this.links = links;
        this.upstream = upstream;
    }

    Download open(JobView job) {
        var film = job.film();
        if (film == null) {
            return new Download.Impossible(Reason.ANSWER, "its job has no film any more");
        }
        return film.url() == null ? withKey(Objects.requireNonNull(job.upstreamTaskId())) : link(film.url());
    }

    private Download link(String url) {
        var link = FilmLink.of(url);
        return link == null
                ? new Download.Impossible(Reason.ANSWER, "its link is no http address")
                : links.open(link.address());
    }

    private Download withKey(String taskId) {
        return switch (upstream.film(taskId, RangeRequest.WHOLE)) {
            case VideoContent.Stream film -> new Download.Body(film.contentType(), film.length(), film.body());
            case VideoContent.Elsewhere(var location) -> links.open(location);
            case VideoContent.OutOfRange _ -> new Download.Failed(Reason.ANSWER, "the upstream gives no whole film");
            case VideoContent.Unavailable(var words) -> new Download.Failed(Reason.ANSWER, words);
        };
    }
}
