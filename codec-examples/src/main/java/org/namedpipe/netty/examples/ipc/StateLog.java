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
package org.namedpipe.netty.examples.ipc;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;

/** Prints the states of a channel in the words of .NET programs. Works for a server, its clients' channels and a client. */
@Sharable
final class StateLog extends ChannelDuplexHandler {

    @Override
    public void bind(ChannelHandlerContext ctx, SocketAddress name, ChannelPromise promise) {
        log(ctx, "creating " + name);
        ctx.bind(name, promise.unvoid().addListener(bound -> log(ctx, bound.isSuccess() ? "created" : "not created")));
    }

    @Override
    public void connect(ChannelHandlerContext ctx, SocketAddress server, SocketAddress client, ChannelPromise promise) {
        log(ctx, "connecting to " + server);
        ctx.connect(server, client, promise);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() != null) {
            log(ctx, "connected");
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof String) {
            log(ctx, "reading \"" + message + '"');
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        log(ctx, "writing \"" + message + '"');
        ctx.write(
                message,
                promise.unvoid().addListener(written -> log(ctx, written.isSuccess() ? "written" : "not written")));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        log(ctx, "closed");
        ctx.fireChannelInactive();
    }

    private static void log(ChannelHandlerContext ctx, String state) {
        System.out.println(ctx.channel().id().asShortText() + ' ' + state);
    }
}
