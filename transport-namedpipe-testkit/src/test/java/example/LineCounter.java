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
package example;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;

/** Counts lines, and closes a channel that receives nothing within a minute. */
final class LineCounter extends SimpleChannelInboundHandler<ByteBuf> {
    private int lines;
    private boolean received;

    int lines() {
        return lines;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> closeUnlessReceived(ctx), 1, TimeUnit.MINUTES);
    }

    private void closeUnlessReceived(ChannelHandlerContext ctx) {
        if (!received) {
            ctx.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        received = true;
        while (bytes.isReadable()) {
            if (bytes.readByte() == '\n') {
                lines++;
            }
        }
    }
}
