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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PipeQuery;

/** What must hold when everything has come to rest, and what must be left in the end: nothing. */
final class Invariants {
    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    // ---- nothing is forgotten

    /** Nothing moves any more: whoever waits must have something to wait for. */
    void atRest() {
        for (StepLoop loop : world.loops) {
            check(!loop.oversleeps(), loop + " sleeps although it has tasks");
        }
        watchers().forEach(this::watcherAtRest);
        world.endpoints.forEach(this::endpointAtRest);
        check(
                !world.server.wantsToRead()
                        || world.adversary.losesClients()
                        || world.server.accepted() == world.connections.opened(),
                world.connections.opened() + " clients have connected, but " + world.server.accepted()
                        + " were accepted");
        kernelIsContent();
    }

    private void watcherAtRest(Watcher watcher) {
        check(!watcher.order.isReading(), watcher + " lacks a channelReadComplete");
        for (ChannelFuture promise : watcher.promises()) {
            check(promise.isDone(), watcher + " saw no end of " + promise);
        }
        if (watcher.isUsable() && !watcher.channel().isOpen()) {
            check(watcher.order.isOver() || watcher.wasDeregistered(), watcher + " is closed, but saw no event of it");
        }
    }

    private void endpointAtRest(Endpoint endpoint) {
        if (!endpoint.isUsable()) {
            return;
        }
        for (Sent message : endpoint.outgoing().sent()) {
            check(message.completions == (message.promise.isDone() ? 1 : 0), endpoint + ": " + message);
            check(message.promise.isDone() || endpoint.channel().isOpen(), endpoint + " is closed, yet: " + message);
        }
        Side side = endpoint.side();
        if (side == null || !endpoint.order.isActive()) {
            return;
        }
        if (endpoint.wantsToRead() && !side.closed) {
            int available = PipeQuery.available(world.kernel, side.handle);
            check(available == 0, endpoint + " does not read; available: " + available);
        }
        Sent unfinished = endpoint.outgoing().unfinished();
        check(unfinished == null || mayWait(side), endpoint + " does not write: " + unfinished);
    }

    /** Whether a write may pend: until the other side reads. */
    private static boolean mayWait(Side side) {
        Endpoint reader = side.peer().endpoint();
        return !side.peer().closed && (reader == null || !reader.wantsToRead());
    }

    // ---- nothing is lost

    /** Everybody reads and has flushed: all there is to say must have been heard. */
    void allArrived() {
        for (Endpoint endpoint : world.endpoints) {
            Side side = endpoint.side();
            if (side == null || !endpoint.order.isActive() || world.adversary.hasStruck()) {
                continue;
            }
            Endpoint reader = side.peer().endpoint();
            if (reader != null && reader.mayRead() && reader.order.isActive()) {
                for (Sent message : endpoint.outgoing().accepted()) {
                    check(message.promise.isSuccess() || message.isVoid(), endpoint + " has not written " + message);
                }
                promisesKept(reader, side.outgoing());
            }
        }
    }

    private void promisesKept(Endpoint reader, ByteStream stream) {
        check(
                stream.received() >= stream.promised(),
                reader + " received " + stream.received() + " bytes, but " + stream.promised() + " were promised");
        check(
                !world.settings.messages || stream.messages() >= stream.promisedMessages(),
                reader + " received " + stream.messages() + " messages, but " + stream.promisedMessages()
                        + " were promised");
    }

    /** Everybody was closed, or has lost its peer. */
    void allClosed() {
        for (Watcher watcher : watchers()) {
            check(!watcher.isUsable() || !watcher.channel().isOpen(), watcher + " is open");
        }
        allTold();
    }

    /** Whoever stayed to the end has heard everything. */
    void allTold() {
        for (Endpoint endpoint : world.endpoints) {
            Side side = endpoint.side();
            if (side != null && endpoint.stayedToTheEnd() && endpoint.order.isOver()) {
                promisesKept(endpoint, side.incoming());
            }
        }
    }

    // ---- nothing is left

    /** The loops are gone. */
    void allGone() {
        watchers().forEach(this::watcherAtRest);
        for (Endpoint endpoint : world.endpoints) {
            for (ChannelFuture promise : endpoint.endless()) {
                check(promise.isDone(), endpoint + " saw no end of " + promise);
            }
        }
        check(world.flushes.isEmpty(), "a thread still waits for a peer to read");
        for (StepLoop loop : world.loops) {
            check(loop.iocp().counters().pendingOperations() == 0, loop + " has operations under way");
            check(loop.iocp().counters().registrations() == 0, loop + " has registrations");
            check(loop.registered() == 0, loop + " counts registrations that nobody has cancelled");
        }
        try {
            world.kernel.assertAllGone();
        } catch (AssertionError e) {
            world.journal.violation("the kernel", e);
        }
        check(world.arena.live() == 0, world.arena.live() + " buffers were not released");
        for (ReferenceCounted region : world.regions()) {
            check(region.refCnt() == 0, "a FileRegion was not released");
        }
    }

    private void kernelIsContent() {
        try {
            world.kernel.assertNothingWrong();
        } catch (AssertionError e) {
            world.journal.violation("the kernel", e);
        }
    }

    private List<Watcher> watchers() {
        List<Watcher> watchers = new ArrayList<>(world.endpoints);
        watchers.add(world.server);
        return watchers;
    }

    private void check(boolean holds, @Nullable String otherwise) {
        if (!holds) {
            world.journal.violation(String.valueOf(otherwise));
        }
    }
}
