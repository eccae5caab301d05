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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Option;

/** The options that say when a server has served enough clients. */
public final class ClientLimit {

    @Option(names = "--clients", paramLabel = "N", description = "Exit after this many clients (default: never).")
    private int clients;

    @Option(names = "--once", description = "Exit after the first client.")
    private boolean once;

    /** A handler for a server channel, which it closes once enough clients have come and gone. */
    public ChannelHandler handler() {
        return new Handler();
    }

    /**
     * For servers whose channel is out of reach.
     *
     * @param enough what to do once enough clients have gone
     * @return to be run whenever one has, on any thread
     */
    public Runnable whenGone(Runnable enough) {
        AtomicInteger remaining = new AtomicInteger(once ? 1 : clients);
        return () -> {
            if (remaining.decrementAndGet() == 0) {
                enough.run();
            }
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
    private final class Handler extends ChannelInboundHandlerAdapter {

        private Runnable gone = () -> {};

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            gone = whenGone(ctx::close);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object client) {
            ((Channel) client).closeFuture().addListener(closed -> gone.run());
            ctx.fireChannelRead(client);
        }
    }
}
