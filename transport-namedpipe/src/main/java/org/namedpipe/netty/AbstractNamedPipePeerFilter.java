/*
 * Copyright 2026 The Netty named pipe project
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.namedpipe.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides by {@link NamedPipePeer} which channels may go on, as Netty's {@code AbstractRemoteAddressFilter} does by address.
 * Put it first into the pipeline of a {@link NamedPipeChannel} in its initializer, usually of a server's child. If the
 * subclass holds nothing of a channel, mark it {@link io.netty.channel.ChannelHandler.Sharable}. A filter runs on the
 * channel's event loop.
 *
 * <p>A pipeline may have several filters. They are asked one after another, and the channel goes on when all have accepted
 * its peer. Until then
 *
 * <ul>
 *   <li>nothing is read from the pipe, except the first bytes for a filter that {@linkplain #decidesByToken() decides by
 *       token}, which are held back;
 *   <li>later handlers see neither {@code channelActive} nor {@code channelInactive};
 *   <li>what later handlers write and flush is held back: up to the high mark of the channel's
 *       {@code WRITE_BUFFER_WATER_MARK} in bytes, 96 more for each message; a write beyond that fails with an {@link IllegalStateException}.
 *       {@code isWritable()} is {@code false} above the low mark.
 * </ul>
 *
 * <p>Then later handlers see {@code channelActive}, what they wrote before is written in its order, reading starts, and the filters
 * leave the pipeline. A rejected channel is closed, and the writes that were held back fail with a
 * {@link java.nio.channels.ClosedChannelException}. A peer about which the filters have not decided after
 * {@link NamedPipeChannelOption#PEER_DECISION_TIMEOUT_MILLIS} is rejected, and so is one that cannot be looked up.
 *
 * <p>Rejections are counted in {@link NamedPipeServerCounters#rejected()}, recorded by Flight Recorder, and logged at debug
 * level.
 */
public abstract class AbstractNamedPipePeerFilter extends ChannelDuplexHandler {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbstractNamedPipePeerFilter.class);

    protected AbstractNamedPipePeerFilter() {}

    /**
     * Returns whether this filter accepts a peer. Called on the channel's event loop, so it must not block; {@link #decide}
     * may take longer. The default accepts no peer.
     *
     * @throws Exception to reject the peer, too
     */
    @SuppressWarnings("unused") // for subclasses
    protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) throws Exception {
        return false;
    }

    /**
     * Starts to decide about a peer. Override this instead of {@link #accept}, which the default calls, if the decision takes
     * time. Called on the channel's event loop.
     *
     * @return a future of any executor: {@code true} accepts the peer, everything else rejects it. It is cancelled when the
     *     decision is no longer needed
     * @throws Exception to reject the peer, too
     */
    protected Future<Boolean> decide(ChannelHandlerContext ctx, NamedPipePeer peer) throws Exception {
        return ctx.executor().newSucceededFuture(accept(ctx, peer));
    }

    /**
     * Returns whether this filter needs {@link NamedPipePeer.Evidence#CLIENT_TOKEN}, for a server's end only. Then it is asked
     * after the first read, before which Windows does not show a client's token, and after the filters that do not need it. What was read is held
     * back until all filters have accepted. A client that does not let its server identify it is rejected without a decision,
     * and so is one that sends nothing in time. Must always return the same value. The default is {@code false}.
     */
    protected boolean decidesByToken() {
        return false;
    }

    /** Called on the event loop when this filter has accepted a peer; another filter may still reject it. */
    @SuppressWarnings("unused") // for subclasses
    protected void channelAccepted(ChannelHandlerContext ctx, NamedPipePeer peer) {}

    /**
     * Called on the event loop when a peer has been rejected, before its channel is closed; not if the peer is unknown.
     *
     * @return what to wait for before the channel is closed, for example a farewell that was written with {@code ctx} during
     *     this call; {@code null} to close it at once. The wait ends after
     *     {@link NamedPipeChannelOption#PEER_DECISION_TIMEOUT_MILLIS}
     */
    @SuppressWarnings("unused") // for subclasses
    protected @Nullable ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
        return null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        try {
            PeerGates.add(checkPlace(ctx), this, ctx);
        } catch (Throwable t) {
            // Netty drops a handler that cannot be added, and the channel would go on without its filter.
            ctx.close();
            throw t;
        }
    }

    private NamedPipeChannel checkPlace(ChannelHandlerContext ctx) {
        if (!(ctx.channel() instanceof NamedPipeChannel channel)) {
            throw new IllegalStateException("not the channel of a named pipe: " + ctx.channel());
        }
        if (decidesByToken() && channel.parent() == null) {
            throw new IllegalStateException("a client cannot ask for the token of its server; use NamedPipePeerFilter"
                    + " without a token, or TRUSTED_SERVER: " + channel);
        }
        if (!ctx.executor().inEventLoop() || ctx.executor() != channel.eventLoop()) {
            throw new IllegalStateException(
                    "a peer filter must be added without an EventExecutorGroup; override decide() if it takes time: "
                            + channel);
        }
        return channel;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold != null) {
            hold.gate().removed(hold);
        }
    }

    // ---- outbound

    @Override
    public final void read(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null) {
            ctx.read();
        } else {
            hold.gate().read(hold);
        }
    }

    @Override
    public final void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null) {
            ctx.write(message, promise);
        } else {
            hold.write(message, promise);
        }
    }

    @Override
    public final void flush(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null) {
            ctx.flush();
        } else {
            hold.flush();
        }
    }

    @Override
    public final void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold != null) {
            hold.gate().closing();
        }
        ctx.close(promise);
    }

    // ---- inbound

    @Override
    public final void channelActive(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null) {
            ctx.fireChannelActive();
        } else if (hold.gate().isShut()) {
            hold.holdActive();
            hold.gate().active();
        } else {
            hold.fireActive();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold != null) {
            hold.gate().inactive();
        }
        if (hold == null || !hold.holdsActive()) {
            ctx.fireChannelInactive();
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null) {
            ctx.fireChannelRead(message);
        } else if (hold.gate().isOver()) {
            ReferenceCountUtil.release(message);
        } else if (hold.holdsReads()) {
            hold.holdRead(message);
            hold.gate().hasRead();
        } else if (hold.gate().isShut()) {
            ReferenceCountUtil.release(message);
            hold.gate().reject(hold, null, PeerRejection.LATE_FILTER, null);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null || !hold.holdsReads()) {
            ctx.fireChannelReadComplete();
        } else if (!hold.gate().isOver()) {
            hold.holdReadComplete();
            hold.gate().hasRead();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null || !hold.holdsReads()) {
            ctx.fireUserEventTriggered(event);
        } else if (hold.gate().isOver()) {
            ReferenceCountUtil.release(event);
        } else {
            hold.holdUserEvent(event);
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null || !hold.gate().isShut()) {
            ctx.fireChannelWritabilityChanged();
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        PeerHold hold = PeerGates.hold(ctx);
        if (hold == null || !(hold.holdsReads() || hold.gate().isOver())) {
            ctx.fireExceptionCaught(cause);
        } else if (hold.gate().isOver()) {
            logger.debug("{}, whose peer is not accepted, has failed", ctx.channel(), cause);
        } else {
            hold.holdException(cause);
        }
    }
}
