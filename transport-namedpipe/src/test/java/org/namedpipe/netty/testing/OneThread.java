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
package org.namedpipe.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.MockTicker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testkit.ClientOpen;
import org.namedpipe.netty.testkit.NamedPipeTestKit;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/**
 * Base of tests in which one thread is the event loop, the kernel and the clock. Completions and tasks run in
 * {@link #settle()}, and time passes in {@link #pass}. After each test the loop shuts down, and no handle, operation or
 * registration may be left.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SAME_THREAD)
public abstract class OneThread {
    private static final int QUOTA = 64 * 1024;

    private final NamedPipeTestKit kit = new NamedPipeTestKit();
    protected final SimulatedKernel kernel = kit.kernel();
    protected final NamedPipeAddress name = NamedPipeAddress.of("simulated");
    protected final TestLoops loops = new TestLoops(kernel, kit.factory());
    protected final MockTicker clock = kit.clock();
    protected final ManualIoEventLoop loop = kit.eventLoop();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @RegisterExtension
    final AfterEachCallback end = context -> {
        // Some channels are registered with another loop, or with none.
        channels.close();
        settle();
        kit.close();
        loops.close();
    };

    /** Returns a second loop, which runs only in {@code runNow()}, and which the test shuts down. */
    protected final ManualIoEventLoop newLoop() {
        return new ManualIoEventLoop(null, Thread.currentThread(), loops.factory(), clock);
    }

    protected final void shutDown(ManualIoEventLoop ended) {
        Future<?> terminated = ended.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!terminated.isDone()) {
            // The loop waits for its clock to advance.
            clock.advanceMillis(1);
            ended.runNow();
        }
    }

    /** Runs callbacks, completions and tasks until there are none. */
    protected final void settle() {
        kit.run();
    }

    /** Runs the callbacks that are due and the loop once. Returns the number of callbacks, completions and tasks. */
    protected final int turn() {
        return kit.runOnce();
    }

    /** Advances the clock, and runs what is due by then. */
    protected final void pass(long millis) {
        kit.advance(millis, TimeUnit.MILLISECONDS);
    }

    // ---- peers

    /** Creates an instance that listens, for a client on the loop. */
    protected final SimulatedPeer listen() {
        return listen(Win32Constants.PIPE_TYPE_BYTE, QUOTA);
    }

    /** Listens with a quota of 0 bytes: every write waits for its reader. */
    protected final SimulatedPeer listenUnbuffered() {
        return listen(Win32Constants.PIPE_TYPE_BYTE, 0);
    }

    /** Listens in message mode. */
    protected final SimulatedPeer listenForMessages(int quota) {
        return listen(Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE, quota);
    }

    /** Listens with a quota of unread bytes for each direction. */
    protected final SimulatedPeer listen(int pipeMode, int quota) {
        return kit.add(SimulatedPeer.listen(kernel, name.path(), pipeMode, quota));
    }

    /** Listens under another name. */
    protected final SimulatedPeer listenAt(NamedPipeAddress address) {
        return kit.add(SimulatedPeer.listen(kernel, address.path()));
    }

    /** Opens a client of a server on the loop. */
    protected final SimulatedPeer open() {
        return kit.add(SimulatedPeer.open(kernel, name.path()));
    }

    /** Closes a peer before the test ends. */
    protected final void hangUp(SimulatedPeer peer) {
        kit.close(peer);
    }

    /** Returns the handle of the client that was opened last. */
    protected final long clientHandle() {
        List<ClientOpen> opens = kernel.opens(name.path());
        return opens.get(opens.size() - 1).result();
    }

    // ---- channels

    protected final Bootstrap client(Recorder recorder) {
        return new Bootstrap().group(loop).channel(NamedPipeChannel.class).handler(recorder);
    }

    /** Connects a client with auto-read to an instance that listens. */
    protected final NamedPipeChannel connect(Recorder recorder) {
        return connected(client(recorder));
    }

    /** As {@link #connect}, and takes the events of connecting from the recorder. */
    protected final NamedPipeChannel connectAndTake(Recorder recorder) {
        NamedPipeChannel client = connect(recorder);
        recorder.take();
        return client;
    }

    /** Connects a client without auto-read. */
    protected final NamedPipeChannel connectWithoutReading(Recorder recorder) {
        return connected(client(recorder).option(ChannelOption.AUTO_READ, false));
    }

    protected final NamedPipeChannel connected(Bootstrap client) {
        return (NamedPipeChannel) succeeded(client.connect(name));
    }

    protected final ServerBootstrap server(Recorder recorder, Recorder children) {
        return server(loop, recorder, children);
    }

    /** Returns a server on the loop that registers accepted channels with {@code childLoop}. */
    protected final ServerBootstrap server(EventLoopGroup childLoop, Recorder recorder, Recorder children) {
        return new ServerBootstrap()
                .group(loop, childLoop)
                .channel(NamedPipeServerChannel.class)
                .handler(recorder)
                .childHandler(children);
    }

    protected final NamedPipeServerChannel bound(ServerBootstrap server) {
        return (NamedPipeServerChannel) succeeded(server.bind(name));
    }

    /** Returns the channel of a connect or bind, which is closed after the test. */
    protected final Channel channelOf(ChannelFuture future) {
        channels.add(future.channel());
        settle();
        return future.channel();
    }

    private Channel succeeded(ChannelFuture future) {
        Channel channel = channelOf(future);
        assertThat(future.cause()).isNull();
        assertThat(future.isSuccess()).isTrue();
        return channel;
    }
}
