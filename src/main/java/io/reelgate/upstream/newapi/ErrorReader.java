package io.reelgate.upstream.newapi;

import io.reelgate.upstream.FilmLink;
import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.Snapshot;
import io.reelgate.upstream.UpstreamError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads both error envelopes, those that were put into one another as text, and whatever else comes with an error status. */
public final class ErrorReader {

    private static final int DEEPEST_MESSAGE = 4;
    private static final int LONGEST_PLAIN_TEXT = 300;

    private final Redactor redactor;

    public ErrorReader(Redactor redactor) {
        this.redactor = redactor;
    }

    /** What this answer complains of. */
    public ErrorAnswer read(int status, @Nullable String text) {
        var body = Json.object(text);
        var envelopes = unfold(body == null ? new Envelope(null, null, plainText(text)) : Envelope.of(body)).stream()
                .map(this::clean)
                .toList();
        var error = new UpstreamError(status, code(envelopes), message(envelopes));
        var understood = body != null && !envelopes.getFirst().isEmpty();
        return new ErrorAnswer(error, envelopes, understood);
    }

    /** Why a task failed: the first code and the first reason that its layers give, from the outside to the inside. */
    Snapshot.Failure failure(JsonNode task) {
        var reason = reason(task);
        var message = reason.message() == null ? "" : message(unfold(new Envelope(null, null, reason.message())));
        return new Snapshot.Failure(cleanOrNull(reason.code()), redactor.clean(message));
    }

    /** Whether this task says, besides its status, why there is no film. */
    boolean givesReason(JsonNode task) {
        return reason(task).complains();
    }

    private static Envelope reason(JsonNode task) {
        String code = null;
        String message = null;
        for (var layer : Json.layers(task)) {
            var error = Envelope.error(layer);
            code = Envelope.first(code, error.code());
            message = Envelope.first(
                    message,
                    error.complaint(),
                    said(layer, "fail_reason"),
                    said(layer, "reason"),
                    said(layer, "result_url"));
        }
        return new Envelope(code, null, Envelope.first(message, said(task, "message")));
    }

    /** The envelope, and the one that its message is as text, and so on: from the outside to the inside. */
    private static List<Envelope> unfold(Envelope outermost) {
        var envelopes = new ArrayList<>(List.of(outermost));
        for (var depth = 0; depth < DEEPEST_MESSAGE; depth++) {
            var document = Json.object(envelopes.getLast().message());
            var inner = document == null ? null : Envelope.of(document);
            if (inner == null || inner.isEmpty()) {
                break;
            }
            envelopes.add(inner);
        }
        return envelopes;
    }

    /** The outermost code. */
    private static @Nullable String code(List<Envelope> envelopes) {
        return Envelope.first(envelopes.stream().map(Envelope::code).toArray(String[]::new));
    }

    /** The innermost message, with its code behind it if it stands in another one. */
    private static String message(List<Envelope> envelopes) {
        for (var depth = envelopes.size() - 1; depth >= 0; depth--) {
            var envelope = envelopes.get(depth);
            if (envelope.message() != null) {
                return envelope.code() == null || depth == 0
                        ? envelope.message()
                        : envelope.message() + " (" + envelope.code() + ")";
            }
        }
        return "";
    }

    /** A field's text, unless it is the address that the field holds on success. */
    private static @Nullable String said(JsonNode layer, String field) {
        var text = Json.text(layer, field);
        return text == null || FilmLink.of(text) != null ? null : text;
    }

    /** A short line such as "Too Many Requests" is worth telling; a page of HTML is not. */
    private static @Nullable String plainText(@Nullable String text) {
        return text == null || text.length() > LONGEST_PLAIN_TEXT || text.contains("<") || text.contains("{")
                ? null
                : text;
    }

    private Envelope clean(Envelope envelope) {
        return new Envelope(
                cleanOrNull(envelope.code()), cleanOrNull(envelope.type()), cleanOrNull(envelope.message()));
    }

    private @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : redactor.clean(text);
    }
}
