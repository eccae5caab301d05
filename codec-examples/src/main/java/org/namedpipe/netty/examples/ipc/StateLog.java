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

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.function.Consumer;

/** Says what a channel is doing, in the words of .NET programs. Fit for servers, what they accept, and clients. */
@Sharable
final class StateLog extends ChannelDuplexHandler {

    enum State {
        CREATING,
        CREATED,
        CONNECTING,
        CONNECTED,
        WRITING,
        FLUSHED,
        READING,
        CLOSED
    }

    private final Consumer<String> log;

    StateLog(Consumer<String> log) {
        this.log = log;
    }

    private void log(ChannelHandlerContext ctx, State state, Object detail) {
        Channel channel = ctx.channel();
        log.accept(channel.id().asShortText() + ' ' + state.name().toLowerCase(Locale.ROOT) + ' ' + detail);
    }

    @Override
    public void bind(ChannelHandlerContext ctx, SocketAddress name, ChannelPromise promise) {
        log(ctx, State.CREATING, name);
        ctx.bind(name, promise.unvoid().addListener(bound -> {
            if (bound.isSuccess()) {
                log(ctx, State.CREATED, name);
            }
        }));
    }

    @Override
    public void connect(ChannelHandlerContext ctx, SocketAddress server, SocketAddress client, ChannelPromise promise) {
        log(ctx, State.CONNECTING, server);
        ctx.connect(server, client, promise);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() != null) {
            log(ctx, State.CONNECTED, ctx.channel().remoteAddress());
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof String text) {
            log(ctx, State.READING, quote(text));
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        String text = quote((String) message);
        log(ctx, State.WRITING, text);
        ctx.write(message, promise.unvoid().addListener(written -> {
            if (written.isSuccess()) {
                log(ctx, State.FLUSHED, text);
            }
        }));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        log(ctx, State.CLOSED, "");
        ctx.fireChannelInactive();
    }

    private static String quote(String text) {
        return text.length() <= 40 ? '"' + text + '"' : text.length() + " characters";
    }
}
