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

import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCounted;
import org.namedpipe.netty.explorer.Connections.End;
import org.namedpipe.netty.testkit.PipeQuery;

/** The invariants: no request is forgotten, no data is lost, and no resource is left at the end. */
final class Invariants {
    private final Simulation simulation;

    Invariants(Simulation simulation) {
        this.simulation = simulation;
    }

    // ---- no request is forgotten

    /** Checks that each outstanding request still waits for something. Nothing is left to do. */
    void checkIdle() {
        for (SteppedLoop loop : simulation.scheduler.loops()) {
            check(!loop.missedWakeup(), loop + " sleeps although it has tasks");
        }
        simulation.monitors().forEach(this::checkIdle);
        simulation.endpoints.forEach(this::checkIdleEndpoint);
        check(
                !simulation.server.wantsToRead()
                        || simulation.faults.mayLoseClients()
                        || simulation.server.accepted() == simulation.connections.opened(),
                simulation.connections.opened() + " clients have connected, but " + simulation.server.accepted()
                        + " were accepted");
        checkKernel(simulation.kernel::assertNothingWrong);
    }

    private void checkIdle(ChannelMonitor monitor) {
        check(!monitor.order.isReading(), monitor + " lacks a channelReadComplete");
        for (ChannelFuture future : monitor.futures()) {
            check(future.isDone(), monitor + " has a future that does not complete: " + future);
        }
        if (monitor.isUsable() && !monitor.channel().isOpen()) {
            check(
                    monitor.order.isOver() || monitor.wasDeregistered(),
                    monitor + " is closed, but its last events are missing");
        }
    }

    private void checkIdleEndpoint(Endpoint endpoint) {
        if (!endpoint.isUsable()) {
            return;
        }
        ExpectedStream stream = endpoint.output().stream();
        for (SentMessage message : stream.sent()) {
            check(message.completions == (message.promise.isDone() ? 1 : 0), endpoint + ": " + message);
            check(
                    message.promise.isDone() || endpoint.channel().isOpen(),
                    endpoint + " is closed, but a promise is not done: " + message);
        }
        End end = endpoint.end();
        if (end == null || !endpoint.order.isActive()) {
            return;
        }
        if (endpoint.wantsToRead() && !end.closed) {
            int available = PipeQuery.available(simulation.kernel, end.handle);
            check(available == 0, endpoint + " does not read; available bytes: " + available);
        }
        SentMessage unfinished = stream.unfinished();
        check(unfinished == null || mayWait(end), endpoint + " does not write: " + unfinished);
    }

    /** Returns whether a write may wait, because the peer does not read. */
    private static boolean mayWait(End end) {
        Endpoint reader = end.peer().endpoint();
        return !end.peer().closed && (reader == null || !reader.wantsToRead());
    }

    // ---- no data is lost

    /** Checks that all messages have arrived. All channels read and have flushed. */
    void checkAllArrived() {
        for (Endpoint endpoint : simulation.endpoints) {
            End end = endpoint.end();
            if (end == null || !endpoint.order.isActive() || simulation.faults.wereInjected()) {
                continue;
            }
            Endpoint reader = end.peer().endpoint();
            if (reader != null && reader.mayRead() && reader.order.isActive()) {
                for (SentMessage message : endpoint.output().stream().accepted()) {
                    check(
                            message.promise.isSuccess() || message.isUnwritten(),
                            endpoint + " has not written " + message);
                }
                checkWrittenArrived(reader, end.outgoing());
            }
        }
    }

    private void checkWrittenArrived(Endpoint reader, ExpectedStream stream) {
        check(
                stream.received() >= stream.writtenBytes(),
                reader + " has received " + stream.received() + " of " + stream.writtenBytes() + " written bytes");
        check(
                !simulation.config.messages || stream.messages() >= stream.writtenMessages(),
                reader + " has received " + stream.messages() + " of " + stream.writtenMessages()
                        + " written messages");
    }

    /** Checks that all channels are closed, and have received all messages if they have closed last. */
    void checkAllClosed() {
        for (ChannelMonitor monitor : simulation.monitors()) {
            check(!monitor.isUsable() || !monitor.channel().isOpen(), monitor + " is open");
        }
        for (Endpoint endpoint : simulation.endpoints) {
            End end = endpoint.end();
            if (end != null && endpoint.mustHaveReceivedAll() && endpoint.order.isOver()) {
                checkWrittenArrived(endpoint, end.incoming());
            }
        }
    }

    // ---- no resource is left

    /** Checks that nothing is left after the loops have ended. */
    void checkNothingLeft() {
        simulation.monitors().forEach(this::checkIdle);
        for (Endpoint endpoint : simulation.endpoints) {
            for (ChannelFuture drain : endpoint.unlimitedDrains()) {
                check(drain.isDone(), endpoint + " has a drain that does not complete: " + drain);
            }
        }
        check(simulation.flushThreads.isEmpty(), "a thread still waits in FlushFileBuffers");
        for (SteppedLoop loop : simulation.scheduler.loops()) {
            check(loop.iocp().counters().pendingOperations() == 0, loop + " has outstanding operations");
            check(loop.iocp().counters().registrations() == 0, loop + " has registrations");
            check(loop.registrations() == 0, loop + " has registrations that were not cancelled");
        }
        checkKernel(simulation.kernel::assertAllGone);
        check(simulation.allocator.live() == 0, simulation.allocator.live() + " buffers were not released");
        for (ReferenceCounted region : simulation.workload.regions()) {
            check(region.refCnt() == 0, "a FileRegion was not released");
        }
    }

    private void checkKernel(Runnable assertion) {
        try {
            assertion.run();
        } catch (AssertionError e) {
            simulation.trace.violation("the kernel", e);
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            simulation.trace.violation(otherwise);
        }
    }
}
