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
package org.namedpipe.netty.examples.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.PrintWriter;

/** Connects each accepted channel, from which nothing is read before, with the end of its route. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class Dialer extends ChannelInitializer<Channel> {

    private final RelayEnd to;
    private final TransportLoops loops;
    private final boolean halfClose;
    private final PrintWriter out;
    private final Runnable gone;

    /**
     * Makes an initializer for one route.
     *
     * @param halfClose whether the connection to the end of the route has two halves
     * @param gone to be run whenever an accepted channel and its other end have been closed
     */
    Dialer(RelayEnd to, TransportLoops loops, boolean halfClose, PrintWriter out, Runnable gone) {
        this.to = to;
        this.loops = loops;
        this.halfClose = halfClose;
        this.out = out;
        this.gone = gone;
    }

    @Override
    protected void initChannel(Channel near) {
        Traffic traffic = new Traffic(near.id().asShortText(), to, out);
        Bootstrap bootstrap = new Bootstrap();
        ChannelFuture dialing = (halfClose ? to.transport().halfClosable(bootstrap) : bootstrap)
                .group(loops.group(to.transport()))
                .channel(to.transport().channel())
                .option(ChannelOption.AUTO_READ, false)
                .handler(new RelayHandler(near, traffic.back()))
                .connect(to.address());
        Channel far = dialing.channel();
        near.pipeline().addLast(new RelayHandler(far, traffic.there()));
        near.closeFuture()
                .addListener(nearClosed -> far.closeFuture().addListener(bothClosed -> {
                    traffic.closed();
                    gone.run();
                }));
        dialing.addListener(dialed -> {
            if (dialed.isSuccess()) {
                traffic.opened();
                near.config().setAutoRead(true);
                far.config().setAutoRead(true);
            } else {
                traffic.failed(dialed.cause());
                near.close();
            }
        });
    }
}
