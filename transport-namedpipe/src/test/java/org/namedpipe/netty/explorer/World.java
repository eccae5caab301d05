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
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCounted;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.iocp.HandlerFactories;

/** All there is in one scenario: a kernel, event loops, a clock, a server, its clients, and what goes against them. */
final class World {
    static final NamedPipeAddress ADDRESS = NamedPipeAddress.of("explored");

    final Dice dice;
    final Journal journal;
    final Arena arena;
    final Settings settings;
    final Stage stage = new Stage();
    final MockTicker ticker = Ticker.newMockTicker();
    final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    final ExploredKernel explored = ExploredKernel.of(this, kernel);
    final Kernel api = explored.proxy();
    final Connections connections = new Connections();
    final Adversary adversary = new Adversary(this);
    final FlushThreads flushes = FlushThreads.of(this);
    final List<StepLoop> loops = new ArrayList<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    final ServerEndpoint server;
    private final List<ReferenceCounted> regions = new ArrayList<>();
    private @Nullable Hold hold;
    private Runnable elsewhere = () -> {};
    private int messages;
    private int clients;
    private boolean reacts = true;
    private boolean terminating;

    World(Dice dice, Journal journal, Arena arena) {
        this.dice = dice;
        this.journal = journal;
        this.arena = arena;
        settings = new Settings(dice);
        server = new ServerEndpoint(this);
        arena.begin(settings.addresses);
        kernel.writesOutliveTheirHandle(settings.writesOutliveTheirHandle);
        if (settings.lateEnds) {
            kernel.scheduler().choose(dice::below);
        }
        if (settings.pendOneIn > 0) {
            kernel.scheduler().pendInstead(completion -> dice.oneIn(settings.pendOneIn));
        }
        if (settings.holdOneIn > 0) {
            hold = kernel.scheduler().hold(completion -> dice.oneIn(settings.holdOneIn));
        }
        IoHandlerFactory factory = HandlerFactories.on(api);
        for (int i = 0; i <= settings.loops[2] || i <= settings.loops[1]; i++) {
            loops.add(new StepLoop("loop " + i, stage, ticker, journal, factory));
        }
    }

    // ---- the two programs

    void bind() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.get(settings.loops[0]), loops.get(settings.loops[1]))
                .channelFactory(NamedPipeServerChannel::new)
                .option(NamedPipeChannelOption.PIPE_MODE, settings.mode())
                .option(NamedPipeChannelOption.PIPE_ACCESS, settings.access)
                .option(ChannelOption.SO_BACKLOG, settings.backlog)
                .option(ChannelOption.SO_RCVBUF, settings.toServerQuota)
                .option(ChannelOption.SO_SNDBUF, settings.toClientQuota)
                .option(ChannelOption.AUTO_READ, !dice.oneIn(6))
                .option(ChannelOption.RECVBUF_ALLOCATOR, settings.recvAllocator(dice))
                .handler(server)
                .childHandler(ServerEndpoint.childInitializer());
        server.promised(bootstrap.bind(ADDRESS));
    }

    void connect() {
        Endpoint client = new Endpoint(this, "client " + ++clients, false);
        endpoints.add(client);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.get(settings.loops[2]))
                .channelFactory(() -> {
                    NamedPipeChannel channel = new NamedPipeChannel();
                    configure(channel.config());
                    return channel;
                })
                .option(NamedPipeChannelOption.PIPE_MODE, settings.mode())
                .option(NamedPipeChannelOption.PIPE_ACCESS, settings.access)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, dice.pick(1, 20, 100))
                .handler(client)
                .disableResolver();
        bootstrap.connect(ADDRESS);
    }

    /** Gives a channel a configuration at random. */
    void configure(ChannelConfig config) {
        config.setAllocator(arena);
        config.setRecvByteBufAllocator(settings.recvAllocator(dice));
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, settings.halves);
        if (settings.drains && dice.oneIn(2)) {
            config.setOption(ChannelOption.SO_LINGER, 1);
        }
        config.setAutoRead(!reacts || !dice.oneIn(6));
        if (dice.oneIn(4)) {
            config.setWriteSpinCount(1);
        }
        int highWaterMark = dice.pick(100, 65_536);
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(highWaterMark / 2, highWaterMark));
    }

    int clients() {
        return clients;
    }

    /** Something for an endpoint to write, or {@code null} if enough was written. */
    @Nullable
    Payload payload() {
        return messages >= settings.maxMessages ? null : anyPayload();
    }

    /** Something to write in any case. */
    Payload lastWords() {
        return anyPayload();
    }

    /** The empty message that stands for the end of an output. */
    Payload endOfOutput() {
        return new Payload(++messages, 0, Payload.Kind.DIRECT);
    }

    private Payload anyPayload() {
        // Where an empty message is an end, there is one of them: what is sent after it, if empty, is not told.
        int least = settings.halves ? 1 : 0;
        return new Payload(++messages, Math.max(least, settings.length(dice)), dice.pick(Payload.Kind.values()));
    }

    Object message(Payload payload) {
        Object message = payload.message(arena);
        if (message instanceof BytesRegion region) {
            regions.add(region);
        }
        return message;
    }

    /** The application is called, and may do something from there. */
    void react(Watcher watcher, String moment) {
        if (reacts && watcher.isUsable() && dice.oneIn(settings.reactOneIn)) {
            journal.note(() -> watcher.name + " reacts in " + moment);
            Reaction.any(this, watcher);
        }
    }

    // ---- time and order

    /** A loop waits: something else may happen until it is woken up. */
    void meanwhile() {
        if (dice.oneIn(2)) {
            stage.meanwhile(elsewhere);
        }
    }

    /** Says what may happen while a loop waits. */
    void elsewhere(Runnable something) {
        elsewhere = something;
    }

    @Nullable
    Hold hold() {
        return hold;
    }

    /** From now on the kernel is quick and the applications do nothing by themselves. */
    void calm() {
        if (hold != null) {
            hold.close();
            hold = null;
        }
        kernel.scheduler().calm();
        adversary.makeGood();
    }

    /** From now on applications only read. */
    void stopReacting() {
        reacts = false;
    }

    /** Lets everything happen that happens without anybody doing anything, timers included. */
    void settle() {
        for (int rounds = 0; !journal.hasViolation(); rounds++) {
            if (rounds > 20_000) {
                journal.violation("does not come to rest");
                return;
            }
            boolean moved = kernel.runCallback();
            moved |= flushes.run();
            for (StepLoop loop : loops) {
                moved |= loop.step();
            }
            if (!moved && !passTime()) {
                return;
            }
        }
    }

    private boolean passTime() {
        long least = Long.MAX_VALUE;
        for (StepLoop loop : loops) {
            long nanos = loop.nanosToTimer();
            least = nanos == -1 ? least : Math.min(least, nanos);
        }
        if (least == Long.MAX_VALUE) {
            return false;
        }
        ticker.advance(least, TimeUnit.NANOSECONDS);
        return true;
    }

    void terminate() {
        terminating = true;
        loops.forEach(StepLoop::terminate);
        flushes.run();
    }

    boolean isTerminating() {
        return terminating;
    }

    List<ReferenceCounted> regions() {
        return regions;
    }
}
