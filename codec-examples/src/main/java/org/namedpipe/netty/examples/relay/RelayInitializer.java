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
import java.util.Locale;

/** Connects to the end of a route for each connection that is accepted at its start. */
final class RelayInitializer extends ChannelInitializer<Channel> {

    private final Bootstrap connector;

    /** Creates an initializer. The connector has all options, and the address, but no handler. */
    RelayInitializer(Bootstrap connector) {
        this.connector = connector;
    }

    @Override
    protected void initChannel(Channel near) {
        String id = near.id().asShortText();
        RelayHandler back = new RelayHandler(near);
        ChannelFuture connecting = connector.clone().handler(back).connect();
        Channel far = connecting.channel();
        RelayHandler there = new RelayHandler(far);
        near.pipeline().addLast(there);

        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                System.out.println(id + " connected to " + far.remoteAddress());
                near.config().setAutoRead(true);
                far.config().setAutoRead(true);
            } else {
                System.err.println(id + " not connected: " + connected.cause());
                near.close();
            }
        });
        near.closeFuture()
                .addListener(nearClosed -> far.closeFuture()
                        .addListener(farClosed -> System.out.printf(
                                Locale.ROOT,
                                "%s closed, %,d bytes there, %,d bytes back%n",
                                id,
                                there.bytes(),
                                back.bytes())));
    }
}
