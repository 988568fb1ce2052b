package org.mcpagentic.edge.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose client leaves an answer unread: as long as more waits than a connection's buffer should hold, it has
 * to take a little of it. Belongs to one connection and its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // why: nobody waits for the end of a connection
final class ReadDeadline extends ChannelInboundHandlerAdapter {

    /** What has to be taken in each interval, in bytes. */
    private static final long LEAST = 32 * 1024;

    private final Duration interval;
    private @Nullable Future<?> timer;
    private @Nullable Object writing;
    private long written;

    ReadDeadline(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            stop();
        } else if (timer == null) {
            look(context);
            timer = context.executor()
                    .scheduleAtFixedRate(
                            () -> check(context), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void check(ChannelHandlerContext context) {
        Object before = writing;
        long until = written;
        look(context);
        if (writing == before && written - until < LEAST) {
            stop();
            context.close();
        }
    }

    /** What is being written, and how much of it was taken. */
    private void look(ChannelHandlerContext context) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        writing = waiting == null ? null : waiting.current();
        written = waiting == null ? 0 : waiting.currentProgress();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        writing = null;
    }
}
