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

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeServerChannel;

/** The server, the clients, and the messages that they write. */
final class Workload {
    static final int MAX_CLIENTS = 4;

    private final Simulation simulation;
    private final RandomSource random;
    private final List<ReferenceCounted> regions = new ArrayList<>();
    private int messages;
    private int clients;
    private boolean readOnly;

    Workload(Simulation simulation) {
        this.simulation = simulation;
        random = simulation.random;
    }

    void bind() {
        RunConfig config = simulation.config;
        List<SteppedLoop> loops = simulation.scheduler.loops();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.get(config.loops[0]), loops.get(config.loops[1]))
                .channelFactory(NamedPipeServerChannel::new)
                .option(NamedPipeChannelOption.PIPE_MODE, config.mode())
                .option(NamedPipeChannelOption.PIPE_ACCESS, config.access)
                .option(ChannelOption.SO_BACKLOG, config.backlog)
                .option(ChannelOption.SO_RCVBUF, config.toServerQuota)
                .option(ChannelOption.SO_SNDBUF, config.toClientQuota)
                .option(ChannelOption.AUTO_READ, !random.oneIn(6))
                .option(ChannelOption.RECVBUF_ALLOCATOR, config.recvAllocator(random))
                .handler(simulation.server)
                .childHandler(ServerEndpoint.childInitializer());
        simulation.server.mustComplete(bootstrap.bind(Simulation.ADDRESS));
    }

    /** Connects another client, up to a limit. */
    void connect() {
        if (clients == MAX_CLIENTS) {
            return;
        }
        RunConfig config = simulation.config;
        Endpoint client = new Endpoint(simulation, "client " + ++clients, false);
        simulation.endpoints.add(client);
        Bootstrap bootstrap = new Bootstrap()
                .group(simulation.scheduler.loops().get(config.loops[2]))
                .channelFactory(() -> {
                    NamedPipeChannel channel = new NamedPipeChannel();
                    configure(channel.config());
                    return channel;
                })
                .option(NamedPipeChannelOption.PIPE_MODE, config.mode())
                .option(NamedPipeChannelOption.PIPE_ACCESS, config.access)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, random.pick(1, 20, 100))
                .handler(client)
                .disableResolver();
        bootstrap.connect(Simulation.ADDRESS);
    }

    /** Sets random options of a channel. */
    void configure(ChannelConfig channel) {
        RunConfig config = simulation.config;
        channel.setAllocator(simulation.allocator);
        config.setRecvAllocator(channel, random);
        channel.setOption(ChannelOption.ALLOW_HALF_CLOSURE, config.halfClosure);
        if (config.drains && random.oneIn(2)) {
            channel.setOption(ChannelOption.SO_LINGER, 1);
        }
        channel.setAutoRead(readOnly || !random.oneIn(6));
        if (random.oneIn(4)) {
            channel.setWriteSpinCount(1);
        }
        int highWaterMark = random.pick(100, 65_536);
        channel.setWriteBufferWaterMark(new WriteBufferWaterMark(highWaterMark / 2, highWaterMark));
    }

    // ---- messages

    /** Returns a message to write, or {@code null} after the last message of the run. */
    @Nullable
    Payload payload() {
        return messages >= simulation.config.maxMessages ? null : payloadBeyondLimit();
    }

    Payload payloadBeyondLimit() {
        // With half-closure an empty message ends the output, and the peer ignores further empty ones.
        int least = simulation.config.halfClosure ? 1 : 0;
        return new Payload(
                ++messages, Math.max(least, simulation.config.length(random)), random.pick(Payload.Kind.values()));
    }

    /** Returns the empty message that ends an output. */
    Payload endOfOutput() {
        return new Payload(++messages, 0, Payload.Kind.DIRECT);
    }

    Object message(Payload payload) {
        Object message = payload.message(simulation.allocator);
        if (message instanceof Payload.BytesRegion region) {
            regions.add(region);
        }
        return message;
    }

    /** Returns all file regions that were written. */
    List<ReferenceCounted> regions() {
        return regions;
    }

    // ---- actions from within events

    /** Performs a random action of the application, sometimes, from within an event of its channel. */
    void react(ChannelMonitor monitor, String event) {
        if (!readOnly && monitor.isUsable() && random.oneIn(simulation.config.reactOneIn)) {
            simulation.trace.record(() -> monitor.name + " reacts in " + event);
            ApplicationAction.performAny(monitor);
        }
    }

    /** From now on the applications only read. */
    void onlyRead() {
        readOnly = true;
    }
}
