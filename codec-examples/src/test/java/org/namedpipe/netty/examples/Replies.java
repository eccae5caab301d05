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
package org.namedpipe.netty.examples;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that keeps all received bytes. */
public final class Replies extends SimpleChannelInboundHandler<ByteBuf> {

    private static final int SECONDS = 30;

    private final BlockingQueue<Byte> bytes = new LinkedBlockingQueue<>();

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf piece) {
        for (byte b : ByteBufUtil.getBytes(piece)) {
            bytes.add(b);
        }
    }

    /** Waits for a line, and returns it without its line feed. */
    public String nextLine() throws InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = next(1)[0]; next != '\n'; next = next(1)[0]) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the next bytes. */
    public byte[] next(int count) throws InterruptedException {
        byte[] next = new byte[count];
        for (int i = 0; i < count; i++) {
            Byte b = bytes.poll(SECONDS, TimeUnit.SECONDS);
            if (b == null) {
                throw new AssertionError("received only " + i + " of " + count + " bytes");
            }
            next[i] = b;
        }
        return next;
    }
}
