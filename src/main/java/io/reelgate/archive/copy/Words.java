package io.reelgate.archive.copy;

import io.reelgate.net.Unreachable;
import io.reelgate.text.Sanitizer;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Says what went wrong on the way to a film, without the link, whose query is a signature. */
final class Words {

    private static final int LONGEST = 300;

    private Words() {}

    static String of(Throwable failure) {
        return Unreachable.words(failure);
    }

    /** What is wrong with the store, for ops. */
    static String ofFile(IOException failure) {
        var message = failure.getMessage();
        var name = failure.getClass().getSimpleName();
        var words = message == null || message.isBlank()
                ? name
                : failure instanceof FileSystemException ? name + " " + message : message;
        return Sanitizer.cut(Sanitizer.oneLine(words), LONGEST);
    }
}
