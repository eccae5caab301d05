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
package org.namedpipe.netty.testkit;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;

/**
 * Runs channels of the named pipe transport on a simulation of Windows, with one thread and a clock of its own. A test
 * decides when packets arrive, which calls fail, and when time passes, so that each run has the same order of events.
 *
 * <pre>{@code
 * try (NamedPipeTestKit kit = new NamedPipeTestKit()) {
 *     SimulatedPeer server = kit.listen(address);
 *     Channel channel = new Bootstrap()
 *             .group(kit.eventLoop())
 *             .channel(NamedPipeChannel.class)
 *             .handler(new MyHandler())
 *             .connect(address)
 *             .channel();
 *     kit.run();
 *     kit.kernel().faults().on("WriteFile").fail(WindowsError.ERROR_NO_SYSTEM_RESOURCES);
 *     channel.writeAndFlush(message);
 *     kit.run();
 *     assertFalse(channel.isOpen());
 * }
 * }</pre>
 *
 * <p>{@link #close()} fails if a handle, an operation, a registration or a wait is left.
 *
 * <p>Only the thread that creates the kit may use it. A test with several threads uses a {@link SimulatedKernel} directly.
 */
public final class NamedPipeTestKit implements AutoCloseable {
    private final SimulatedKernel kernel = SimulatedKernel.forOneThread();
    private final IocpIoHandlerFactory factory = kernel.newFactory();
    private final MockTicker clock = Ticker.newMockTicker();
    private final ManualIoEventLoop eventLoop = new ManualIoEventLoop(null, Thread.currentThread(), factory, clock);
    private final List<SimulatedPeer> peers = new ArrayList<>();

    /** Creates a kit with a kernel and an event loop of its own, for the calling thread. */
    public NamedPipeTestKit() {}

    /** Returns the simulated kernel: its scheduler holds packets back, its faults let calls fail, and it counts. */
    public SimulatedKernel kernel() {
        return kernel;
    }

    /** Returns the event loop for the channels of the test. It runs only in {@link #run()} and {@link #runOnce()}. */
    public ManualIoEventLoop eventLoop() {
        return eventLoop;
    }

    /** Returns the factory of the event loop, for a test that needs another loop on the same kernel. */
    public IocpIoHandlerFactory factory() {
        return factory;
    }

    /** Returns the clock of the event loop, which stands still unless a test moves it. */
    public MockTicker clock() {
        return clock;
    }

    /** Creates an instance of a pipe that a client of the test can open. {@link #close()} closes it. */
    public SimulatedPeer listen(NamedPipeAddress address) {
        return add(SimulatedPeer.listen(kernel, address.path()));
    }

    /** Opens a client end of a pipe on which a server of the test listens. {@link #close()} closes it. */
    public SimulatedPeer open(NamedPipeAddress address) {
        return add(SimulatedPeer.open(kernel, address.path()));
    }

    /** Adds a peer that {@link #close()} closes. */
    public SimulatedPeer add(SimulatedPeer peer) {
        peers.add(peer);
        return peer;
    }

    /** Closes a peer before the end of the test. */
    public void close(SimulatedPeer peer) {
        peers.remove(peer);
        peer.close();
    }

    /** Runs the callbacks, packets and tasks that are due, and those that follow from them, until there are none. */
    public void run() {
        while (runOnce() > 0) {
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted while events still follow from events");
            }
        }
    }

    /** Runs the callbacks, packets and tasks that are due now, and returns how many there were. */
    public int runOnce() {
        return kernel.runCallbacks() + eventLoop.runNow();
    }

    /** Moves the clock on, and runs what is due then. */
    public void advance(long time, TimeUnit unit) {
        clock.advance(time, unit);
        run();
    }

    /**
     * Shuts the event loop down, which closes its channels, and closes the peers.
     *
     * @throws AssertionError if a resource of the simulated kernel is left, or if it was used wrongly
     */
    @Override
    public void close() {
        run();
        peers.forEach(SimulatedPeer::close);
        peers.clear();
        Future<?> terminated = eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!terminated.isDone()) {
            // The event loop waits for its clock.
            clock.advanceMillis(1);
            runOnce();
        }
        IocpCounters counters = factory.counters();
        if (counters.pendingOperations() != 0 || counters.registrations() != 0) {
            throw new AssertionError("left after the end of the event loop: " + counters);
        }
        kernel.assertAllGone();
    }
}
