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
package org.namedpipe.netty.explorer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.util.AttributeKey;
import org.namedpipe.netty.ChannelHandles;
import org.namedpipe.netty.NamedPipeChannel;

/** The application that accepts. */
final class ServerEndpoint extends Watcher {
    private static final AttributeKey<Endpoint> ENDPOINT =
            AttributeKey.valueOf(ServerEndpoint.class, "endpoint" + System.identityHashCode(ServerEndpoint.class));

    private int accepted;

    ServerEndpoint(World world) {
        super(world, "server");
    }

    /** Gives each accepted channel the endpoint that was made for it. */
    static ChannelInitializer<Channel> childInitializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel child) {
                child.pipeline().addLast(child.attr(ENDPOINT).get());
            }
        };
    }

    /** How many clients were handed over. */
    int accepted() {
        return accepted;
    }

    @Override
    void activated() {
        // Clients may come.
    }

    @Override
    void received(ChannelHandlerContext ctx, Object message) {
        NamedPipeChannel child = (NamedPipeChannel) message;
        accepted++;
        Side side = world.connections.side(ChannelHandles.of(child));
        if (side == null) {
            violation("accepted an instance that no client has opened");
        } else if (side.endpoint() != null) {
            violation("accepted connection " + side.connection + " twice");
        }
        int instances = world.kernel.instances(World.ADDRESS.path()).size();
        if (!world.adversary.hasStruck() && instances < world.settings.backlog + accepted) {
            violation("handed over a client before its place was taken");
        }
        Endpoint endpoint = new Endpoint(world, "child " + (side == null ? "?" : "" + side.connection), true);
        if (side != null) {
            endpoint.joins(side);
        }
        child.attr(ENDPOINT).set(endpoint);
        world.configure(child.config());
        world.endpoints.add(endpoint);
        ctx.fireChannelRead(child);
    }

    @Override
    boolean mayEnd() {
        return false;
    }
}
