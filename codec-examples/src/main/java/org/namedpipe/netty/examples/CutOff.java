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
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;

/** For decoders, when a stream ends before what they decode does. */
public final class CutOff {

    private CutOff() {}

    /**
     * Drops what is left and fires an exception that says so, if there is anything.
     *
     * @param what what the stream has ended within
     */
    public static void check(ChannelHandlerContext ctx, ByteBuf rest, String what) {
        int bytes = rest.readableBytes();
        if (bytes > 0) {
            rest.skipBytes(bytes);
            ctx.fireExceptionCaught(new CorruptedFrameException(
                    "the stream ended within a " + what + ", of which " + bytes + " bytes had come"));
        }
    }
}
