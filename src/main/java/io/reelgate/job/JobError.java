package io.reelgate.job;

import io.reelgate.text.StorableText;

/** Why a job has no video: a machine-readable code and the words to show, the upstream's own where it gave any. */
public record JobError(String code, String message) {

    /** Makes both storable. */
    public JobError {
        code = StorableText.of(code);
        message = StorableText.of(message);
    }
}
