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
package org.namedpipe.netty.microbench.harness;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.function.Supplier;

/** The pipeline of all benchmarks: frames with a length field of four bytes, and a handler. */
public final class EchoPipeline extends ChannelInitializer<Channel> {
    private final Supplier<? extends ChannelHandler> last;

    private EchoPipeline(Supplier<? extends ChannelHandler> last) {
        this.last = last;
    }

    /** Returns the pipeline of a server, which echoes. */
    public static EchoPipeline server() {
        return new EchoPipeline(EchoHandler::new);
    }

    /** Returns a pipeline with a last handler from {@code last}. */
    static EchoPipeline endingWith(Supplier<? extends ChannelHandler> last) {
        return new EchoPipeline(last);
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(
                        Integer.MAX_VALUE, 0, Workload.LENGTH_BYTES, 0, Workload.LENGTH_BYTES))
                .addLast(new LengthFieldPrepender(Workload.LENGTH_BYTES))
                .addLast(last.get());
    }

    /** Echoes, and flushes when a batch of reads is complete. */
    public static final class EchoHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
