package io.reelgate.upstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.Connection;

/**
 * HTTP/1.1 on a connection that is used again and again, so that each request gets its own answer and nothing else.
 *
 * <p>Netty's own codec hands on whatever comes, and Reactor Netty takes the first of it for the answer: an interim one (102,
 * 103), or the rest of what another request was told. From then on every answer on the connection is that of the request
 * before: a job gets the id that another one bought. So interim answers end here, and a connection on which anything came
 * that nobody had asked for, or whose answers' ends are in doubt, is not used again.
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<AnswerCodec.Decoder, AnswerCodec.Encoder> {

    private static final Logger log = LoggerFactory.getLogger(AnswerCodec.class);

    /** Bytes; hints in an interim answer and a policy for browsers take more than Netty's 8 KB. */
    private static final int LARGEST_HEAD = 32 * 1_024;

    /** Whether a request has gone out whose answer has not come to its end; only the connection's own thread looks. */
    private boolean awaiting;

    AnswerCodec() {
        init(new Decoder(), new Encoder());
    }

    /** Notes that something is asked. */
    final class Encoder extends HttpRequestEncoder {

        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest) {
                awaiting = true;
            }
            super.encode(context, message, out);
        }
    }

    /** Lets one answer through for what was asked. */
    final class Decoder extends HttpResponseDecoder {

        private boolean interim;
        private boolean doubtful;

        Decoder() {
            super(new HttpDecoderConfig().setMaxHeaderSize(LARGEST_HEAD));
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
            if (!awaiting) {
                refuse(bytes);
                giveUp(context);
                context.close();
                return;
            }
            // A list of its own: Netty asks for more by itself only if nothing was ever added to the other one.
            var parts = new ArrayList<>(2);
            super.decode(context, bytes, parts);
            for (var part : parts) {
                if (!isInterim((HttpObject) part)) {
                    see((HttpObject) part);
                    out.add(part);
                }
            }
            if (!awaiting && bytes.isReadable()) {
                refuse(bytes);
            }
            if (doubtful) {
                giveUp(context);
            }
        }

        /** From its next end on, be it of an answer or of a wait in the pool. */
        private static void giveUp(ChannelHandlerContext context) {
            Connection.from(context.channel()).markPersistent(false);
        }

        private boolean isInterim(HttpObject part) {
            if (part instanceof HttpResponse head) {
                interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                        && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                        && head.decoderResult().isSuccess();
            }
            return interim;
        }

        private void see(HttpObject part) {
            var switches =
                    part instanceof HttpResponse head && head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            doubtful |= switches || part.decoderResult().isFailure();
            awaiting &= !(part instanceof LastHttpContent);
        }

        private void refuse(ByteBuf bytes) {
            log.warn(
                    "The upstream sent {} bytes that nobody had asked for; the connection is not used again",
                    bytes.readableBytes());
            bytes.skipBytes(bytes.readableBytes());
            doubtful = true;
        }

        /** A body announced where none may be is taken for the next answer if it comes all the same. */
        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage head) {
            var empty = super.isContentAlwaysEmpty(head);
            doubtful |= empty && (HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) != 0);
            return empty;
        }

        /** The chunks count (RFC 9112, 6.3), since the answer may have been paid for; but one of the two may be a trick. */
        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage head) {
            clearContentLength();
            head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            doubtful = true;
        }
    }
}
