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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.nio.ByteOrder;
import java.util.List;
import org.namedpipe.netty.examples.CutOff;

/** Cuts the stream into frames, and says so if it ends within one. */
final class IpcFrameDecoder extends LengthFieldBasedFrameDecoder {

    static final int LENGTH_BYTES = 4;

    /**
     * Makes a decoder for one channel.
     *
     * @param maxMessage the largest frame to take, in bytes and without its length
     */
    IpcFrameDecoder(int maxMessage) {
        super(ByteOrder.LITTLE_ENDIAN, LENGTH_BYTES + maxMessage, 0, LENGTH_BYTES, 0, LENGTH_BYTES, true);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        CutOff.check(ctx, in, "frame");
    }
}
