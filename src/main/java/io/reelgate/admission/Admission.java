package io.reelgate.admission;

import io.reelgate.web.AppError;

/** Asked before a new job is put on record, and not for a repeat of one: may this app submit now? */
public interface Admission {

    /** Returns if it may; throws the {@link AppError} to answer with if not. */
    void admit(String app);
}
