package io.reelgate.api.seedance;

import io.reelgate.api.AppRoutes;
import io.reelgate.archive.ArchiveProperties;
import io.reelgate.delivery.StatusAnswers;
import io.reelgate.job.query.JobView;
import org.springframework.stereotype.Component;

/**
 * The status answer of a webhook. Where films are kept its link is the gateway's own from the start: the upstream's may have died
 * before anybody reads it.
 */
@Component
class WebhookStatus implements StatusAnswers {

    private final boolean keeps;

    WebhookStatus(ArchiveProperties archive) {
        this.keeps = archive.keeps();
    }

    @Override
    public StatusJson of(JobView job, String baseUrl) {
        var contentUrl = baseUrl + AppRoutes.GENERATIONS + "/" + job.id() + "/content";
        return keeps ? StatusJson.lasting(job, contentUrl) : StatusJson.of(job, contentUrl);
    }
}
