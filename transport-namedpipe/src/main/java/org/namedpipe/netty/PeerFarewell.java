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
package org.namedpipe.netty;

import io.netty.channel.ChannelFuture;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;

/** The messages that a filter writes to a peer that it has rejected. On the channel's event loop. */
final class PeerFarewell {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbstractNamedPipePeerFilter.class);

    private final NamedPipeChannel channel;
    private final PeerTimer timer;
    private boolean isBeingSaid;

    PeerFarewell(NamedPipeChannel channel, PeerTimer timer) {
        this.channel = channel;
        this.timer = timer;
    }

    /** Returns whether a write may be the farewell's, so that other filters must let it pass. */
    boolean isBeingSaid() {
        return isBeingSaid;
    }

    /** Lets the filter write, and runs {@code close}, which may come more than once, when that is done or takes too long. */
    void say(PeerHold rejecting, NamedPipePeer peer, Runnable close) {
        ChannelFuture farewell = write(rejecting, peer);
        if (farewell == null) {
            close.run();
        } else if (channel.isOpen()) {
            // A peer that does not read its farewell keeps the channel no longer than an undecided one.
            timer.start(close);
            farewell.addListener(written -> PeerTimer.onLoop(channel, close));
        }
    }

    private @Nullable ChannelFuture write(PeerHold rejecting, NamedPipePeer peer) {
        isBeingSaid = true;
        try {
            return rejecting.filter().channelRejected(rejecting.ctx(), peer);
        } catch (Throwable t) {
            logger.debug("{} is closed without a farewell, which has failed", channel, t);
            return null;
        } finally {
            isBeingSaid = false;
        }
    }
}
