package io.reelgate.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.FastByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers JSON with its {@code Content-Length} and in one write; left to itself, Spring MVC flushes before the length is
 * known, so that even the shortest answer would leave in chunks and in two packets. What is long leaves in chunks all the same:
 * it need not be in memory as a whole.
 */
public class ContentLengthJsonConverter extends JacksonJsonHttpMessageConverter {

    private static final int LONG = 256 * 1024;

    public ContentLengthJsonConverter(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object value, ResolvableType type, HttpOutputMessage answer, @Nullable Map<String, Object> hints)
            throws IOException {
        var body = new Body(answer);
        try {
            super.writeInternal(value, type, body, hints);
        } catch (RuntimeException e) {
            if (body.broken != null) {
                throw body.broken; // the caller is gone, and there is nothing wrong with the JSON
            }
            throw e;
        }
        body.finish();
    }

    /** The answer's body, kept back until it has ended or is long. */
    private static final class Body extends OutputStream implements HttpOutputMessage {

        private final FastByteArrayOutputStream kept = new FastByteArrayOutputStream();
        private final HttpOutputMessage answer;
        private @Nullable OutputStream rest;
        private @Nullable IOException broken;

        Body(HttpOutputMessage answer) {
            this.answer = answer;
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.getHeaders();
        }

        @Override
        public OutputStream getBody() {
            return this;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                keepOrWrite(bytes, from, length);
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }

        private void keepOrWrite(byte[] bytes, int from, int length) throws IOException {
            if (rest == null && kept.size() + length > LONG) {
                rest = answer.getBody();
                kept.writeTo(rest);
                kept.reset();
            }
            if (rest == null) {
                kept.write(bytes, from, length);
            } else {
                rest.write(bytes, from, length);
            }
        }

        void finish() throws IOException {
            if (rest == null) {
                answer.getHeaders().setContentLength(kept.size());
                kept.writeTo(answer.getBody());
            }
        }
    }
}
