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
package org.namedpipe.netty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Records the events of one or more channels, and the bytes that they read as Latin-1 text. It forwards only what the
 * acceptor of a server needs.
 */
@Sharable
public class Recorder extends ChannelInboundHandlerAdapter {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

    /** Returns the events since the last call. */
    public final List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String event = events.poll(); event != null; event = events.poll()) {
            taken.add(event);
        }
        return taken;
    }

    /** Returns the exceptions that were caught. */
    public final List<Throwable> errors() {
        return List.copyOf(errors);
    }

    /** Returns the channels that this was added to, oldest first. */
    public final List<Channel> channels() {
        return List.copyOf(channels);
    }

    private void note(String event) {
        events.add(event);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channels.add(ctx.channel());
    }

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        note("registered");
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        note("unregistered");
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        note("active");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        note("inactive");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf buffer) {
            note("read " + buffer.toString(StandardCharsets.ISO_8859_1));
            buffer.release();
        } else {
            note("accepted");
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        note("readComplete");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        note(ctx.channel().isWritable() ? "writable" : "unwritable");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        note(event.getClass().getSimpleName());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        note("caught " + cause.getClass().getSimpleName());
        errors.add(cause);
        if (ctx.channel() instanceof ServerChannel) {
            ctx.fireExceptionCaught(cause);
        }
    }
}
