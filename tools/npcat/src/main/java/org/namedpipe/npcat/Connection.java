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
package org.namedpipe.npcat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipePeer;

/** A connection of the session. A slow reader of standard output blocks the event loop, and thereby the other side. */
final class Connection extends SimpleChannelInboundHandler<ByteBuf> {

    private final Session session;
    private final Settings settings;
    private final HexDump dump;
    private @Nullable Future<NamedPipePeer> peer;

    Connection(Session session, Settings settings) {
        this.session = session;
        this.settings = settings;
        dump = new HexDump('<', settings.messages());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (settings.who()) {
            peer = ((NamedPipeChannel) ctx.channel()).peer().addListener(Connection::printPeer);
        }
        session.connected(ctx.channel());
    }

    private static void printPeer(Future<? super NamedPipePeer> peer) {
        System.err.println(
                peer.isSuccess()
                        ? "npcat: connected with " + peer.getNow()
                        : "npcat: connected, but the peer is unknown: " + Session.describe(peer.cause()));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        session.received(dump, bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            Session.closeIfDone((DuplexChannel) ctx.channel());
        }
    }

    /** Reports the end when the peer has been printed. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (peer == null) {
            session.disconnected();
        } else {
            peer.addListener(found -> session.disconnected());
        }
    }

    /** A message that is too long is lost, and the connection stays open. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (settings.messages() && cause instanceof TooLongFrameException) {
            session.connectionFailed(Session.describe(cause));
            return;
        }
        session.connectionFailed("connection closed: " + Session.describe(cause));
        ctx.close();
    }
}
