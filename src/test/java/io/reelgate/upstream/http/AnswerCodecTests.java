package io.reelgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.Connection;

/** What the codec lets through, in whatever pieces the bytes come. */
class AnswerCodecTests {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final EmbeddedChannel connection = new EmbeddedChannel(new AnswerCodec());

    @AfterEach
    void end() {
        connection.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10_000})
    void letsTheAnswerThroughAndNoInterimOne(int atOnce) {
        ask();
        receive("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n" + ANSWER, atOnce);

        assertThat(passedOn()).isEqualTo("200 {}");
        assertThat(isKept()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10_000})
    void letsOneAnswerThroughForEachRequest(int atOnce) {
        for (var request = 0; request < 3; request++) {
            ask();
            receive(ANSWER, atOnce);
            assertThat(passedOn()).isEqualTo("200 {}");
        }
        receive(ANSWER, atOnce);

        assertThat(passedOn()).isEmpty();
        assertThat(isKept()).isFalse();
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void keepsTheAnswerAndNotTheConnectionWhereMoreComesBehind() {
        ask();
        receive(ANSWER + "HTTP", 10_000);

        assertThat(passedOn()).isEqualTo("200 {}");
        assertThat(isKept()).isFalse();
    }

    @Test
    void endsAConnectionThatSpeaksBeforeItIsAsked() {
        receive("H", 1);

        assertThat(connection.isActive()).isFalse();
    }

    private void ask() {
        connection.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        connection.releaseOutbound();
    }

    private void receive(String text, int atOnce) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (var start = 0; start < bytes.length && connection.isActive(); start += atOnce) {
            connection.writeInbound(Unpooled.copiedBuffer(bytes, start, Math.min(atOnce, bytes.length - start)));
        }
    }

    private String passedOn() {
        var text = new StringBuilder();
        for (Object part = connection.readInbound(); part != null; part = connection.readInbound()) {
            if (part instanceof HttpResponse head) {
                text.append(head.status().code()).append(' ');
            }
            if (part instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.UTF_8));
            }
            ReferenceCountUtil.release(part);
        }
        return text.toString();
    }

    private boolean isKept() {
        return Connection.from(connection).isPersistent();
    }
}
