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
package org.namedpipe.netty.testsuite;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.namedpipe.netty.testing.Await;

/** Writes down what happens to one channel, and what it reads, as text. */
final class EventLog extends ChannelInboundHandlerAdapter {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final BlockingQueue<Character> read = new LinkedBlockingQueue<>();

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        events.add("registered");
        ctx.fireChannelRegistered();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        events.add("unregistered");
        ctx.fireChannelUnregistered();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        events.add("active");
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.add("inactive");
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        for (char c : buffer.toString(StandardCharsets.US_ASCII).toCharArray()) {
            read.add(c);
        }
        buffer.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        events.add("exception " + cause);
    }

    String readText(int characters) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            text.append(Await.next(read));
        }
        return text.toString();
    }
}
