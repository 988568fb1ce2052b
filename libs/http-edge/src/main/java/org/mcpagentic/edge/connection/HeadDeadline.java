package org.mcpagentic.edge.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request's head does not come to its end in time, however busily its bytes drip: an idle timeout
 * begins anew with each of them. Stands in front of everything and sees bytes; a second handler behind the decoder sees heads.
 * Belongs to one connection and its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // why: nobody waits for the end of a connection
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    private static final byte[] TIMEOUT =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** What Vert.x calls its handler of TLS. */
    private static final String TLS = "ssl";

    private final Duration deadline;
    private @Nullable Future<?> timer;
    private boolean begun;
    private boolean serving;
    private boolean attached;

    HeadDeadline(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().context(TLS) == null) {
            attach(context);
        } else {
            context.pipeline().addAfter(TLS, null, new Handshake());
        }
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        begun = true;
        if (attached && !serving && timer == null) {
            start(context);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void attach(ChannelHandlerContext context) {
        ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
        // why: what speaks something else than HTTP/1.1 has no such heads
        if (decoder != null && context.channel().isActive()) {
            context.pipeline().addAfter(decoder.name(), null, new Heads());
            attached = true;
            start(context);
        }
    }

    private void start(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> passed(context), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void passed(ChannelHandlerContext context) {
        timer = null;
        if (!context.channel().config().isAutoRead()) {
            // why: a client is not late that nobody listens to
            start(context);
        } else if (begun) {
            ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
            (decoder == null ? context : decoder)
                    .writeAndFlush(Unpooled.wrappedBuffer(TIMEOUT))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            // why without a word: browsers open connections that they then do not use
            context.channel().close();
        }
    }

    /** Behind TLS, where the end of the handshake passes: those behind set up the decoder at it. */
    private final class Handshake extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (event instanceof SslHandshakeCompletionEvent ended && ended.isSuccess() && !attached) {
                begun = false;
                attach(context);
            }
        }
    }

    /** Behind the decoder: what comes here are heads and bodies. */
    private final class Heads extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                serving = true;
                stop();
            }
            if (message instanceof LastHttpContent) {
                serving = false;
                begun = false;
            }
            context.fireChannelRead(message);
        }
    }
}
