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
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides by {@link NamedPipePeer} which channels may go on, as Netty's {@code AbstractRemoteAddressFilter} does by address.
 * Put it first into the pipeline of a {@link NamedPipeChannel} in its initializer, usually of a server's child. If the
 * subclass holds nothing of a channel, mark it {@link io.netty.channel.ChannelHandler.Sharable}.
 *
 * <p>The peer is looked up on another thread, and until it is known nothing is read from the pipe and the handlers after
 * this one do not see {@code channelActive}. Then an accepted channel becomes active for them, and this handler leaves the
 * pipeline; a rejected channel is closed without their having seen it active, or inactive.
 */
public abstract class AbstractNamedPipePeerFilter extends ChannelDuplexHandler {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbstractNamedPipePeerFilter.class);
    private static final AttributeKey<State> STATE = AttributeKey.valueOf(AbstractNamedPipePeerFilter.class, "STATE");

    private enum State {
        /** Not active yet, or its peer is being looked up. */
        UNDECIDED,
        /** And somebody who does not read by himself has asked for a read. */
        UNDECIDED_AND_READ,
        REJECTED
    }

    protected AbstractNamedPipePeerFilter() {}

    /**
     * Whether a channel may go on. Called on its event loop.
     *
     * @throws Exception to reject the channel, too
     */
    protected abstract boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) throws Exception;

    /** Called when a channel has been accepted, before it becomes active. */
    @SuppressWarnings("unused") // for subclasses
    protected void channelAccepted(ChannelHandlerContext ctx, NamedPipePeer peer) {}

    /**
     * Called when a channel has been rejected, before it is closed.
     *
     * @return what to wait for before the channel is closed, the writing of a farewell, say; {@code null} to close it at once
     */
    @SuppressWarnings("unused") // for subclasses
    protected @Nullable ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
        return null;
    }

    private static Attribute<State> state(ChannelHandlerContext ctx) {
        return ctx.channel().attr(STATE);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!(ctx.channel() instanceof NamedPipeChannel)) {
            throw new IllegalStateException("not the channel of a named pipe: " + ctx.channel());
        }
        state(ctx).set(State.UNDECIDED);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        state(ctx).set(null);
    }

    @Override
    public final void channelActive(ChannelHandlerContext ctx) {
        ((NamedPipeChannel) ctx.channel()).peer().addListener((Future<NamedPipePeer> peer) -> {
            if (ctx.isRemoved() || !ctx.channel().isActive()) {
                return;
            }
            NamedPipePeer known = peer.getNow();
            if (known != null) {
                decide(ctx, known);
            } else {
                logger.debug("{} is rejected, for its peer is unknown", ctx.channel(), peer.cause());
                state(ctx).set(State.REJECTED);
                ctx.close();
            }
        });
    }

    private void decide(ChannelHandlerContext ctx, NamedPipePeer peer) {
        if (isAccepted(ctx, peer)) {
            goOn(ctx);
            return;
        }
        state(ctx).set(State.REJECTED);
        ChannelFuture farewell = farewell(ctx, peer);
        if (farewell == null) {
            ctx.close();
        } else {
            farewell.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private boolean isAccepted(ChannelHandlerContext ctx, NamedPipePeer peer) {
        try {
            if (accept(ctx, peer)) {
                channelAccepted(ctx, peer);
                return true;
            }
        } catch (Throwable t) {
            logger.warn("{} is rejected, for the decision failed", ctx.channel(), t);
        }
        return false;
    }

    private @Nullable ChannelFuture farewell(ChannelHandlerContext ctx, NamedPipePeer peer) {
        try {
            return channelRejected(ctx, peer);
        } catch (Throwable t) {
            logger.warn("{} is closed without farewell", ctx.channel(), t);
            return null;
        }
    }

    private void goOn(ChannelHandlerContext ctx) {
        boolean readAsked = state(ctx).getAndSet(null) == State.UNDECIDED_AND_READ;
        ctx.fireChannelActive();
        if (!ctx.isRemoved()) {
            if (readAsked || ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
            ctx.pipeline().remove(this);
        }
    }

    /** Holds back what would take anything out of the pipe before it is decided. */
    @Override
    public final void read(ChannelHandlerContext ctx) {
        if (state(ctx).get() == null) {
            ctx.read();
        } else if (!ctx.channel().config().isAutoRead()) {
            state(ctx).compareAndSet(State.UNDECIDED, State.UNDECIDED_AND_READ);
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state(ctx).get() == null) {
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        logger.warn("{} is closed: its filter was added after it had become active", ctx.channel());
        ctx.close();
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        if (state(ctx).get() == null) {
            ctx.fireChannelInactive();
        }
    }
}
