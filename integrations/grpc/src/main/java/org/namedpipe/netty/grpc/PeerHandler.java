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
package org.namedpipe.netty.grpc;

import io.grpc.Attributes;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipePeer;

/**
 * Looks up the peer, and then starts the negotiation of gRPC with the peer among its attributes.
 *
 * <p>A server waits for the first bytes of its client, before which Windows does not show the client's token. The bytes are
 * held back, and no more are read, until the peer is known.
 */
final class PeerHandler extends ChannelDuplexHandler {
    private enum State {
        WAITING,
        LOOKING_UP,
        KNOWN
    }

    private final ChannelHandler negotiation;
    private final boolean server;
    private final boolean sharesLoops;
    private final Queue<Object> held = new ArrayDeque<>();
    private State state = State.WAITING;
    private ProtocolNegotiationEvent event = InternalProtocolNegotiationEvent.getDefault();
    private boolean readRequested;

    PeerHandler(ChannelHandler negotiation, boolean server, boolean sharesLoops) {
        this.negotiation = negotiation;
        this.server = server;
        this.sharesLoops = sharesLoops;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (sharesLoops) {
            SharedLoops loops = new SharedLoops();
            ctx.channel().closeFuture().addListener(closed -> loops.release());
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ProtocolNegotiationEvent negotiationEvent && state != State.KNOWN) {
            event = negotiationEvent;
        } else {
            ctx.fireUserEventTriggered(message);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        if (!server) {
            lookUp(ctx);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add(message);
        lookUp(ctx);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (state == State.LOOKING_UP) {
            readRequested = true;
        } else {
            ctx.read();
        }
    }

    private void lookUp(ChannelHandlerContext ctx) {
        if (state == State.WAITING) {
            state = State.LOOKING_UP;
            Future<NamedPipePeer> peer = ((NamedPipeChannel) ctx.channel()).peer();
            peer.addListener(done -> {
                if (!ctx.isRemoved()) {
                    lookedUp(ctx, peer.isSuccess() ? peer.getNow() : null, peer.cause());
                }
            });
        }
    }

    private void lookedUp(ChannelHandlerContext ctx, @Nullable NamedPipePeer peer, @Nullable Throwable failure) {
        state = State.KNOWN;
        if (peer == null) {
            // gRPC closes the connection, and reports the cause.
            ctx.fireExceptionCaught(failure);
            return;
        }
        Attributes attributes = InternalProtocolNegotiationEvent.getAttributes(event).toBuilder()
                .set(NamedPipeGrpc.TRANSPORT_ATTR_PEER, peer)
                .build();
        ctx.pipeline().addAfter(ctx.name(), null, negotiation);
        ctx.fireUserEventTriggered(InternalProtocolNegotiationEvent.withAttributes(event, attributes));
        while (!held.isEmpty()) {
            ctx.fireChannelRead(held.remove());
        }
        ctx.fireChannelReadComplete();
        if (readRequested) {
            ctx.read();
        }
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }
}
