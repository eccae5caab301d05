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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes a server once it has served some number of clients. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class ClientLimit extends ChannelInboundHandlerAdapter {

    private final AtomicInteger remaining;

    ClientLimit(int clients) {
        remaining = new AtomicInteger(clients);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object client) {
        ((Channel) client).closeFuture().addListener(closed -> clientClosed(ctx));
        ctx.fireChannelRead(client);
    }

    private void clientClosed(ChannelHandlerContext ctx) {
        if (remaining.decrementAndGet() == 0) {
            ctx.close();
        }
    }
}
