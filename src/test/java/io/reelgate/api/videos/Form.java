package io.reelgate.api.videos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Puts a form together, right or wrong. */
public final class Form {

    /** The smallest PNG there is. */
    public static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String boundary;

    public Form(String boundary) {
        this.boundary = boundary;
    }

    /** One with a model and a prompt. */
    public static Form of(String boundary) {
        return new Form(boundary).text("model", "doubao-seedance-2-0-fast").text("prompt", "a kite");
    }

    public Form text(String name, String value) {
        return raw(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    public Form file(String name, byte[] content) {
        raw("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        bytes.writeBytes(content);
        return raw("\r\n");
    }

    public Form raw(String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
        return this;
    }

    public byte[] end() {
        return raw("--" + boundary + "--\r\n").soFar();
    }

    public byte[] soFar() {
        return bytes.toByteArray();
    }

    public String type() {
        return "multipart/form-data; boundary=" + boundary;
    }
}
