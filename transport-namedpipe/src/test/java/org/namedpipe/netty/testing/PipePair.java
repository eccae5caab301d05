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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.internal.win32.Kernel;

/** Both ends of a connected pipe, with the events of each. */
public final class PipePair implements AutoCloseable {

    /** One end. {@link #events} has a {@code byte[]} for each read, and other events as they were fired. */
    public static final class End extends ChannelInboundHandlerAdapter {
        public final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<NamedPipeChannel> channel = new CompletableFuture<>();

        /** Waits until this handler is added to a channel, and returns the channel. */
        public NamedPipeChannel channel() {
            return Await.join(channel);
        }

        /** Returns the bytes of the next read, and fails if the next event is another one. */
        public byte[] read() throws InterruptedException {
            Object event = Await.next(events);
            if (event instanceof byte[] bytes) {
                return bytes;
            }
            throw new AssertionError("not a read: " + event);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            channel.complete((NamedPipeChannel) ctx.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf read = (ByteBuf) message;
            byte[] bytes = new byte[read.readableBytes()];
            read.readBytes(bytes);
            read.release();
            events.add(bytes);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            events.add(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            events.add("inactive");
        }
    }

    private final TestLoops loops;
    public final NamedPipeAddress name = Names.fresh();
    public final End server = new End();
    public final End client = new End();

    /** Connects two ends, each on a loop of its own, with the options of the caller. */
    public PipePair(Kernel kernel, UnaryOperator<ServerBootstrap> serve, UnaryOperator<Bootstrap> connect)
            throws Exception {
        loops = new TestLoops(kernel);
        try {
            EventLoopGroup serverLoop = loops.group(1);
            Await.get(serve.apply(Boot.server(serverLoop, () -> server)).bind(name));
            ChannelFuture connected =
                    connect.apply(Boot.client(loops.group(1), () -> client)).connect(name);
            Await.get(connected);
            Await.until(() -> server.channel().isActive());
        } catch (Throwable t) {
            loops.close();
            throw t;
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
