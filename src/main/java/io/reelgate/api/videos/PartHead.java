package io.reelgate.api.videos;

import io.reelgate.web.AppError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a part say.
 *
 * @param file whether it is a file, which has a name of its own
 */
record PartHead(String name, boolean file) {

    private static final Set<String> AS_IT_IS = Set.of("7bit", "8bit", "binary");

    /** Reads the lines; throws a 400 for what makes no part of a form. */
    static PartHead of(List<String> lines) {
        PartHead head = null;
        for (var line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw AppError.invalid(null, "A header of a part is none: it has no colon");
            }
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> {
                    if (head != null) {
                        throw AppError.invalid(head.name, "A part of the form has two Content-Dispositions");
                    }
                    head = disposition(value);
                }
                case "content-transfer-encoding" -> {
                    if (!AS_IT_IS.contains(value.toLowerCase(Locale.ROOT))) {
                        throw AppError.invalid(
                                head == null ? null : head.name,
                                "Send each part as it is, in no Content-Transfer-Encoding");
                    }
                }
                default -> {} // what a file says of itself is looked up in the file
            }
        }
        if (head == null) {
            throw noName();
        }
        return head;
    }

    private static PartHead disposition(String value) {
        var parameters = new Parameters(value);
        String name = null;
        boolean file = false;
        for (var parameter = parameters.next(); parameter != null; parameter = parameters.next()) {
            switch (parameter) {
                case "name" -> {
                    if (name != null) {
                        throw AppError.invalid(name, "A part of the form has two names");
                    }
                    name = parameters.value;
                }
                case "filename", "filename*" -> file = true;
                default -> {}
            }
        }
        if (name == null || name.isEmpty() || !parameters.type.equals("form-data")) {
            throw noName();
        }
        return new PartHead(name.length() <= 100 ? name : name.substring(0, 100) + "…", file);
    }

    private static AppError noName() {
        return AppError.invalid(
                null, "A part of the form has no name: send Content-Disposition: form-data; name=\"…\" with each");
    }

    /** Walks over {@code type; name=value; name="value"}. */
    private static final class Parameters {

        private final String text;
        private final String type;
        private String value = "";
        private int at;

        Parameters(String text) {
            this.text = text;
            this.type = until(";").toLowerCase(Locale.ROOT);
        }

        /** The next one's name, with its value beside it; {@code null} at the end. */
        @Nullable
        String next() {
            if (at == text.length()) {
                return null;
            }
            at++; // the semicolon
            var name = until("=;").toLowerCase(Locale.ROOT);
            value = "";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = isQuoteNext() ? quoted() : until(";");
            }
            return name;
        }

        private boolean isQuoteNext() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length() && text.charAt(at) == '"';
        }

        private String until(String ends) {
            int begin = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(begin, at).strip();
        }

        /** A backslash is a character as any other, but before a quote: old browsers send whole paths. */
        private String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.startsWith("\\\"", at)) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            if (at == text.length()) {
                throw AppError.invalid(null, "A Content-Disposition of a part has a quote without an end");
            }
            at++;
            until(";");
            return value.toString();
        }
    }
}
