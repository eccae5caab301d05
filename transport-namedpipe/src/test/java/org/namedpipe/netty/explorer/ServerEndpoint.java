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
import org.namedpipe.netty.explorer.Connections.End;

/** The application that accepts clients, and the checks of the server channel. */
final class ServerEndpoint extends ChannelMonitor {
    private static final AttributeKey<Endpoint> ENDPOINT =
            AttributeKey.valueOf(ServerEndpoint.class, "endpoint" + System.identityHashCode(ServerEndpoint.class));

    private int accepted;

    ServerEndpoint(Simulation simulation) {
        super(simulation, "server");
    }

    /** Returns the handler that adds its endpoint to each accepted channel. */
    static ChannelInitializer<Channel> childInitializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel child) {
                child.pipeline().addLast(child.attr(ENDPOINT).get());
            }
        };
    }

    /** Returns the number of accepted clients. */
    int accepted() {
        return accepted;
    }

    @Override
    void activated() {
        // The state has no consequences for a server.
    }

    @Override
    void received(ChannelHandlerContext ctx, Object message) {
        NamedPipeChannel child = (NamedPipeChannel) message;
        accepted++;
        End end = simulation.connections.end(ChannelHandles.of(child));
        if (end == null) {
            violation("accepted an instance that no client has opened");
        } else if (end.endpoint() != null) {
            violation("accepted connection " + end.connection + " twice");
        }
        int instances = simulation.kernel.instances(Simulation.ADDRESS.path()).size();
        if (!simulation.faults.wereInjected() && instances < simulation.config.backlog + accepted) {
            violation("accepted a client before the replacement was created");
        }
        Endpoint endpoint = new Endpoint(simulation, "child " + (end == null ? "?" : "" + end.connection), true);
        if (end != null) {
            endpoint.connected(end);
        }
        child.attr(ENDPOINT).set(endpoint);
        simulation.workload.configure(child.config());
        simulation.endpoints.add(endpoint);
        ctx.fireChannelRead(child);
    }

    @Override
    boolean mayClose() {
        return false;
    }
}
