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
package org.namedpipe.netty.examples.echo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.List;
import java.util.function.Supplier;
import org.namedpipe.netty.examples.CutOff;

/** The pipeline of both ends: a length before each frame, and a handler that sees whole frames only. */
final class FramePipeline extends ChannelInitializer<Channel> {

    private static final int LENGTH_BYTES = 4;

    /** The largest limit that can be set, in bytes. */
    static final int MAX_FRAME = 1 << 30;

    private final int maxFrame;
    private final Supplier<ChannelHandler> handler;

    /**
     * Makes an initializer.
     *
     * @param maxFrame the largest frame to take from the peer, in bytes
     * @param handler makes what handles the frames of one channel
     */
    FramePipeline(int maxFrame, Supplier<ChannelHandler> handler) {
        this.maxFrame = maxFrame;
        this.handler = handler;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new FrameDecoder(maxFrame))
                .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                .addLast(handler.get());
    }

    /** Says so if the stream ends within a frame. */
    private static final class FrameDecoder extends LengthFieldBasedFrameDecoder {

        FrameDecoder(int maxFrame) {
            super(LENGTH_BYTES + maxFrame, 0, LENGTH_BYTES, 0, LENGTH_BYTES);
        }

        @Override
        protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
            super.decodeLast(ctx, in, out);
            CutOff.check(ctx, in, "frame");
        }
    }
}
