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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Frames of a mebibyte, sent back and forth with the default options: how many calls they take, and what is copied. */
class LargeFrameTest extends OneThread {
    private static final int MIB = 1024 * 1024;
    private static final int ROUNDS = 20;
    private static final int MAX_CALLS = 4;

    private final byte[] payload = new byte[MIB];
    private final List<ByteBuf> reads = new ArrayList<>();
    private int frames;
    private int copied;
    private Channel client = new NamedPipeChannel();

    @BeforeEach
    void connectBothEnds() {
        new SplittableRandom(1).nextBytes(payload);
        bound(server(new Recorder(), new Recorder()).childHandler(new Framed(new Echo())));
        client = connected(client(new Recorder()).handler(new Framed(new Sender())));
    }

    private static final class Framed extends ChannelInitializer<Channel> {
        private final ChannelInboundHandlerAdapter last;

        Framed(ChannelInboundHandlerAdapter last) {
            this.last = last;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new LengthFieldBasedFrameDecoder(Integer.MAX_VALUE, 0, 4, 0, 4))
                    .addLast(new LengthFieldPrepender(4))
                    .addLast(last);
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }

    /** Notes what is read, and sends the next frame when one has come back. */
    private final class Sender extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf frame = (ByteBuf) message;
            assertThat(frame).isEqualTo(Unpooled.wrappedBuffer(payload));
            if (!reads.isEmpty()
                    && frame.memoryAddress() != reads.get(reads.size() - 1).memoryAddress() + 4) {
                copied++;
            }
            frame.release();
            if (++frames % ROUNDS != 0) {
                send();
            }
        }
    }

    private void send() {
        client.writeAndFlush(Unpooled.directBuffer(MIB).writeBytes(payload));
    }

    private void sendRounds() {
        send();
        settle();
        assertThat(frames % ROUNDS).isZero();
    }

    private long packets() {
        return loops.packets();
    }

    /** Each packet takes one wait at the most. */
    @Test
    void aFrameTakesFourCallsOfEachEnd() {
        sendRounds();
        kernel.resetCalls();
        long before = packets();
        sendRounds();
        int ends = 2 * ROUNDS;
        long calls = kernel.calls("ReadFile") + kernel.calls("WriteFile") + kernel.calls("QueryPipe");
        assertThat(kernel.calls("WriteFile")).as("WriteFile").isEqualTo(ends);
        assertThat(kernel.calls("ReadFile")).as("ReadFile").isEqualTo(ends);
        assertThat(kernel.calls("QueryPipe")).as("NtQueryInformationFile").isZero();
        assertThat(calls + packets() - before).as("calls").isLessThanOrEqualTo((long) MAX_CALLS * ends);
    }

    @Test
    void aFrameIsOneReadAndIsNotCopied() {
        client.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                reads.add((ByteBuf) message);
                ctx.fireChannelRead(message);
            }
        });
        sendRounds();
        assertThat(frames).isEqualTo(ROUNDS);
        assertThat(reads).hasSize(ROUNDS);
        assertThat(copied).as("frames that are not slices of what was read").isZero();
    }
}
