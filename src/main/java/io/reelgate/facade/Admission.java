package io.reelgate.facade;

/** Asked before a checked job is put on record: may this app submit now? */
public interface Admission {

    /** Returns if it may; throws the {@link AppError} to answer with if not. */
    void admit(String app);
}
