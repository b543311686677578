package io.reelgate.api.videos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reelgate.api.body.BodyBudget;
import io.reelgate.api.body.BodyBuffer;
import io.reelgate.web.AppError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * One form on its way to be the upstream's body. A picture is written to where the body comes together as it is read, so it stands
 * first there; the texts follow in their own order, so that the same form always makes the same body.
 */
final class VideoForm {

    /** All texts together: more than any prompt. */
    private static final int MOST_TEXT = 1024 * 1024;

    private static final int PIECE = 8 * 1024;

    private final MultipartReader form;
    private final BodyBuffer body;
    private final BodyBudget.Reservation reservation;
    private final Set<FormField> seen = EnumSet.noneOf(FormField.class);
    private final Map<FormField, String> texts = new EnumMap<>(FormField.class);
    private final byte[] piece = new byte[PIECE];
    private int textLength;

    VideoForm(MultipartReader form, BodyBuffer body, BodyBudget.Reservation reservation) {
        this.form = form;
        this.body = body;
        this.reservation = reservation;
    }

    /** The upstream's body; throws a 400 that names the part at fault. */
    byte[] read() throws IOException {
        write("{");
        for (var head = form.next(); head != null; head = form.next()) {
            take(FormField.of(head));
        }
        var separator = hasPicture() ? "," : "";
        for (var text : texts.entrySet()) {
            write(separator + "\"" + text.getKey().part() + "\":\"");
            var quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text.getValue());
            body.write(quoted, 0, quoted.length);
            write("\"");
            separator = ",";
        }
        write("}");
        return body.toByteArray();
    }

    private void take(FormField field) throws IOException {
        boolean second = !seen.add(field) || !field.isText() && hasTwoPictures();
        if (second) {
            throw AppError.invalid(field.part(), "'%s' stands in the form twice".formatted(field.part()));
        }
        switch (field) {
            case MODEL, PROMPT, SECONDS, SIZE -> texts.put(field, text(field));
            case PICTURE -> picture(field);
            case PICTURE_URL -> link(field);
        }
    }

    private boolean hasPicture() {
        return seen.contains(FormField.PICTURE) || seen.contains(FormField.PICTURE_URL);
    }

    private boolean hasTwoPictures() {
        return seen.contains(FormField.PICTURE) && seen.contains(FormField.PICTURE_URL);
    }

    private String text(FormField field) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int read = more(); read >= 0; read = more()) {
            textLength += read;
            if (textLength > MOST_TEXT) {
                throw AppError.invalid(
                        field.part(), "The texts of a form may have 1 MB in all; send longer ones as JSON");
            }
            reservation.growForText(read);
            bytes.write(piece, 0, read);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw AppError.invalid(field.part(), "'%s' must be in UTF-8".formatted(field.part()));
        }
    }

    private void picture(FormField field) throws IOException {
        int read = beginning(Picture.BEGINNING);
        var picture = Picture.of(piece, read)
                .orElseThrow(() -> AppError.invalid(
                        field.part(), "'input_reference' must be a picture: a PNG, JPEG, WebP or GIF file"));
        write("\"first_frame_image\":\"data:" + picture.type() + ";base64,");
        try (var encoded = Base64.getEncoder().wrap(body)) {
            for (; read >= 0; read = more()) {
                encoded.write(piece, 0, read);
            }
        }
        write("\"");
    }

    private void link(FormField field) throws IOException {
        int read = beginning(ImageLink.BEGINNING);
        if (!ImageLink.beginsWell(piece, 0, Math.min(read, ImageLink.BEGINNING))) {
            throw AppError.invalid(field.part(), "'%s' %s".formatted(field.part(), ImageLink.MUST_BE));
        }
        write("\"images\":[\"");
        for (; read >= 0; read = more()) {
            for (int i = 0; i < read; i++) {
                if (piece[i] <= ' ' || piece[i] == '"' || piece[i] == '\\' || piece[i] == 0x7f) {
                    throw AppError.invalid(
                            field.part(), "'%s' must be percent-encoded as addresses are".formatted(field.part()));
                }
            }
            body.write(piece, 0, read);
        }
        write("\"]");
    }

    /** So many bytes at least, unless the part has fewer. */
    private int beginning(int wanted) throws IOException {
        int size = 0;
        int read = more();
        while (read >= 0) {
            size += read;
            read = size < wanted ? form.read(piece, size, PIECE - size) : -1;
        }
        return size;
    }

    private int more() throws IOException {
        return form.read(piece, 0, PIECE);
    }

    private void write(String ascii) {
        body.write(ascii.getBytes(US_ASCII), 0, ascii.length());
    }
}
