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

import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the peer of one channel may go on: asks the channel's filters one after another, in the order of the
 * pipeline but those that need the client's token last, and opens when all have accepted. Until then each filter's
 * {@link PeerHold} holds back what passes it. On the channel's event loop.
 */
final class PeerGate {
    private enum State {
        /** No filter has seen the channel active. */
        WAITING,
        /** A filter is being asked. */
        DECIDING,
        /** The filters that are left need the client's token, so the first read is under way. */
        READING,
        /** All have accepted; what is held goes on, and writes queue up behind it. */
        OPENING,
        /** A filter is left only if it holds what was read and not asked for. */
        OPEN,
        /** A filter has rejected the peer; its farewell may be under way. */
        REJECTED,
        CLOSED
    }

    private final NamedPipeChannel channel;
    private final PeerHolds holds;
    private final PeerDecision decision;
    private final HeldBytes heldBytes;
    private State state = State.WAITING;
    private boolean readAsked;
    private boolean readForToken;
    private final PeerTimer timer;
    private final PeerFarewell farewell;

    PeerGate(NamedPipeChannel channel) {
        this.channel = channel;
        holds = new PeerHolds(channel);
        decision = new PeerDecision(this, channel);
        heldBytes = new HeldBytes(channel);
        timer = new PeerTimer(channel);
        farewell = new PeerFarewell(channel, timer);
    }

    @Nullable
    PeerHold hold(ChannelHandlerContext ctx) {
        return holds.at(ctx);
    }

    void add(PeerHold hold) {
        holds.add(hold);
        if (!isShut()) {
            reject(hold, null, PeerRejection.LATE_FILTER, null);
        } else if (channel.isActive()) {
            limitDecision();
        }
    }

    /** A filter has left the pipeline. */
    void removed(PeerHold hold) {
        forget(hold);
        if (isOver()) {
            hold.dropInbound();
            hold.failWrites(closedBefore());
            return;
        }
        hold.passOn();
        if (decision.forget(hold) || state == State.READING) {
            next();
        } else if (holds.isEmpty() && state == State.WAITING) {
            timer.cancel();
            askForRead();
        }
    }

    private void forget(PeerHold hold) {
        holds.remove(hold);
        if (holds.isEmpty()) {
            PeerGates.remove(channel);
        }
    }

    // ---- deciding

    /** A filter has seen the channel active. */
    void active() {
        if (state == State.WAITING) {
            state = State.DECIDING;
            limitDecision();
            next();
        }
    }

    /** Takes in what the filters have read for the client's token. */
    void hasRead() {
        if (state == State.READING) {
            state = State.DECIDING;
            next();
        }
    }

    /** Asks the next filter, or opens if there is none. */
    void next() {
        PeerHold next = holds.nextUndecided();
        if (next == null) {
            open();
        } else if (!next.filter().decidesByToken() || channel.hasRead()) {
            state = State.DECIDING;
            decision.ask(next);
        } else if (state == State.DECIDING) {
            state = State.READING;
            readForToken = true;
            holds.first().ctx().read();
        }
    }

    boolean isDeciding() {
        return state == State.DECIDING;
    }

    /** Returns whether what comes in is to be held, and not a fault: the filters themselves have asked for it. */
    boolean holdsReads() {
        return readForToken && isShut();
    }

    /** Returns whether later handlers must see nothing yet. */
    boolean isShut() {
        return state != State.OPENING && state != State.OPEN;
    }

    /** Returns whether later handlers will see nothing any more. */
    boolean isOver() {
        return state == State.REJECTED || state == State.CLOSED;
    }

    private void limitDecision() {
        timer.start(() -> reject(decision.asked(), decision.peer(), PeerRejection.TIMEOUT, null));
    }

    // ---- accepted

    private void open() {
        state = State.OPENING;
        timer.cancel();
        List<PeerHold> inOrder = holds.inOrder();
        for (int i = inOrder.size() - 1; i > 0; i--) {
            // To the filter before it, so that it comes before what is written in channelActive.
            inOrder.get(i).sendWrites();
        }
        for (PeerHold hold : inOrder) {
            if (state == State.OPENING && hold.holdsActive()) {
                hold.fireActive();
            }
        }
        releaseWrites();
        if (state != State.OPENING) {
            return;
        }
        state = State.OPEN;
        inOrder.forEach(this::leaveUnlessHolding);
        askForRead();
    }

    /** Adds what each filter holds to what the filters before it hold. */
    private void releaseWrites() {
        List<PeerHold> inOrder = holds.inOrder();
        for (int i = inOrder.size() - 1; i >= 0 && state == State.OPENING; i--) {
            inOrder.get(i).releaseWrites();
        }
    }

    private void leaveUnlessHolding(PeerHold hold) {
        if (!hold.holdsInbound()) {
            forget(hold);
            if (!hold.ctx().isRemoved()) {
                channel.pipeline().remove(hold.ctx().name());
            }
        }
    }

    /** Starts at the tail, so that handlers that hold back reads see the ones that were held here. */
    private void askForRead() {
        if (channel.isActive() && (readAsked || channel.config().isAutoRead())) {
            readAsked = false;
            channel.read();
        }
    }

    /** {@code read()} has come to a filter. */
    void read(PeerHold hold) {
        if (state != State.OPEN) {
            readAsked |= !channel.config().isAutoRead();
            return;
        }
        boolean answered = hold.releaseInbound();
        leaveUnlessHolding(hold);
        if (!answered) {
            hold.ctx().read();
        } else if (channel.config().isAutoRead()) {
            channel.read();
        }
    }

    // ---- rejected

    void reject(@Nullable PeerHold by, @Nullable NamedPipePeer peer, PeerRejection reason, @Nullable Throwable cause) {
        if (isOver()) {
            return;
        }
        PeerHold rejecting = by == null ? holds.first() : by;
        state = State.REJECTED;
        timer.cancel();
        decision.cancel();
        decision.record(peer, reason, cause);
        holds.forEach(PeerHold::dropInbound);
        Runnable close = () -> closeRejected(rejecting);
        if (peer == null) {
            close.run();
        } else {
            farewell.say(rejecting, peer, close);
        }
    }

    private void closeRejected(PeerHold hold) {
        if (state == State.REJECTED) {
            close(new HeldWriteException("write to " + channel.pipeName() + ": a filter has rejected the peer"));
            hold.ctx().close();
        }
    }

    // ---- closed

    /** {@code close()} has come to a filter. If all have accepted, what was written before it goes before it. */
    void closing() {
        if (state == State.OPENING) {
            releaseWrites();
        } else if (state != State.OPEN) {
            close(closedBefore());
        }
    }

    void inactive() {
        close(closedBefore());
    }

    private HeldWriteException closedBefore() {
        return new HeldWriteException(
                "write to " + channel.pipeName() + ": the channel was closed before its filters had accepted the peer");
    }

    private void close(HeldWriteException cause) {
        state = State.CLOSED;
        timer.cancel();
        decision.cancel();
        holds.forEach(PeerHold::dropInbound);
        holds.forEach(hold -> hold.failWrites(cause));
    }

    // ---- writes

    boolean writesPass() {
        return state == State.OPEN || farewell.isBeingSaid();
    }

    boolean flushesPass() {
        return state == State.OPEN || state == State.REJECTED;
    }

    HeldBytes heldBytes() {
        return heldBytes;
    }

    /** Returns the reason why a message of {@code size} cannot be held, or {@code null} if it can. */
    @Nullable
    Throwable refusal(int size) {
        if (state == State.CLOSED) {
            return closedBefore();
        }
        // While opening it is held for a moment only, and isWritable() makes the writer stop.
        return state == State.OPENING || heldBytes.hasRoomFor(size) ? null : heldBytes.overflow();
    }
}
