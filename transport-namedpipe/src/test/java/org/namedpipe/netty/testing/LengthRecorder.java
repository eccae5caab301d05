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
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Notes the lengths of what is read, where a read loop is complete, and the end of the channel; keeps the bytes. */
@Sharable
public final class LengthRecorder extends Recorder {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> lengths = new ArrayList<>();
    private final Consumer<ChannelHandlerContext> afterRead;

    public LengthRecorder() {
        this(ctx -> {});
    }

    /** Does something to the channel after each {@code channelRead}. */
    public LengthRecorder(Consumer<ChannelHandlerContext> afterRead) {
        this.afterRead = afterRead;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        received.writeBytes(bytes);
        lengths.add(String.valueOf(bytes.length));
        afterRead.accept(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        lengths.add("complete");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lengths.add("inactive");
    }

    /** Returns what was noted since the last call of this. */
    public List<String> takeLengths() {
        List<String> taken = List.copyOf(lengths);
        lengths.clear();
        return taken;
    }

    /** Returns all bytes that were read. */
    public byte[] received() {
        return received.toByteArray();
    }
}
