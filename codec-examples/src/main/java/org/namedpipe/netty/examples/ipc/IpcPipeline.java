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
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldPrepender;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** The pipeline of both ends: whole texts in, whole texts out, and a line for each change of state. */
final class IpcPipeline extends ChannelInitializer<Channel> {

    private final IpcOptions options;
    private final StateLog states;
    private final Supplier<ChannelHandler> handler;

    /**
     * Makes an initializer.
     *
     * @param handler makes what handles the texts of one channel
     */
    IpcPipeline(IpcOptions options, StateLog states, Supplier<ChannelHandler> handler) {
        this.options = options;
        this.states = states;
        this.handler = handler;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new IpcFrameDecoder(options.maxMessage))
                .addLast(new LengthFieldPrepender(ByteOrder.LITTLE_ENDIAN, IpcFrameDecoder.LENGTH_BYTES, 0, false))
                .addLast(new IpcTextCodec(options.maxMessage))
                .addLast(states)
                .addLast(handler.get());
    }
}
