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
 * Runs channels of the named pipe transport on a simulation of Windows, with one thread and a simulated clock. A test decides
 * when packets arrive, which calls fail, and when time passes. Each run has the same order of events.
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
 * <p>Only the thread that creates the kit may use it. On another thread {@link #run()} throws an
 * {@link IllegalStateException}. A test with several threads uses {@link SimulatedKernel} instead.
 */
public final class NamedPipeTestKit implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final SimulatedKernel kernel = SimulatedKernel.forOneThread();
    private final IocpIoHandlerFactory factory = kernel.newFactory();
    private final MockTicker clock = Ticker.newMockTicker();
    private final ManualIoEventLoop eventLoop = new ManualIoEventLoop(null, thread, factory, clock);
    private final List<SimulatedPeer> peers = new ArrayList<>();

    /** Creates a kit for the calling thread, with a new kernel and event loop. */
    public NamedPipeTestKit() {}

    /** Returns the simulated kernel, with its {@link Scheduler}, its {@link Faults} and its counts. */
    public SimulatedKernel kernel() {
        return kernel;
    }

    /** Returns the event loop for the channels of the test. It runs only during the methods of this class. */
    public ManualIoEventLoop eventLoop() {
        return eventLoop;
    }

    /** Returns the factory of the event loop's I/O handler, for another event loop on the same kernel. */
    public IocpIoHandlerFactory factory() {
        return factory;
    }

    /** Returns the clock of the event loop. It advances only when the test advances it, and in {@link #close()}. */
    public MockTicker clock() {
        return clock;
    }

    /**
     * Creates an instance of a pipe, for a client channel of the test. {@link #close()} closes it.
     *
     * @throws AssertionError if {@code CreateNamedPipe} fails
     */
    public SimulatedPeer listen(NamedPipeAddress address) {
        return add(SimulatedPeer.listen(kernel, address.path()));
    }

    /**
     * Opens a client end of a pipe, for a server channel of the test. {@link #close()} closes it.
     *
     * @throws AssertionError if {@code CreateFile} fails
     */
    public SimulatedPeer open(NamedPipeAddress address) {
        return add(SimulatedPeer.open(kernel, address.path()));
    }

    /** Adds a peer that {@link #close()} closes, and returns it. */
    public SimulatedPeer add(SimulatedPeer peer) {
        peers.add(peer);
        return peer;
    }

    /** Closes a peer before {@link #close()} does. */
    public void close(SimulatedPeer peer) {
        peers.remove(peer);
        peer.close();
    }

    /** Runs callbacks, packets and tasks until none is due. */
    public void run() {
        while (runOnce() > 0) {
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted while the event loop had work");
            }
        }
    }

    /** Runs the callbacks, packets and tasks that are due now, and returns their number. */
    public int runOnce() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "The kit was created by " + thread + " and is used by " + Thread.currentThread()
                            + ". If a time-out runs the test on a thread of its own, create the kit in the test method.");
        }
        return kernel.runCallbacks() + eventLoop.runNow();
    }

    /** Advances the clock, and runs callbacks, packets and tasks until none is due. */
    public void advance(long time, TimeUnit unit) {
        clock.advance(time, unit);
        run();
    }

    /**
     * Closes the peers, and shuts down the event loop, which closes its channels.
     *
     * @throws AssertionError if a handle, an operation, a registration or a wait is left, or if the transport used a closed
     *     handle or memory that the kernel owns
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
