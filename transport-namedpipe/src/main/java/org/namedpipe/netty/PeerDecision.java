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

import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks one filter of a {@link PeerGate} at a time: looks the peer up, and waits for the decision. */
final class PeerDecision {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbstractNamedPipePeerFilter.class);

    private final PeerGate gate;
    private final NamedPipeChannel channel;
    private @Nullable Future<NamedPipePeer> byProcess;
    private @Nullable Future<NamedPipePeer> byToken;
    /** The filter that is being asked. */
    private @Nullable PeerHold asked;
    /** Of whom it is being asked. */
    private @Nullable NamedPipePeer peer;

    private @Nullable Future<Boolean> answer;

    PeerDecision(PeerGate gate, NamedPipeChannel channel) {
        this.gate = gate;
        this.channel = channel;
    }

    @Nullable
    PeerHold asked() {
        return asked;
    }

    @Nullable
    NamedPipePeer peer() {
        return peer;
    }

    void ask(PeerHold hold) {
        asked = hold;
        lookUp(hold.filter().decidesByToken())
                .addListener((Future<NamedPipePeer> found) -> PeerTimer.onLoop(channel, () -> {
                    if (isAsked(hold)) {
                        found(hold, found);
                    }
                }));
    }

    /** Filters share what was looked up. */
    private Future<NamedPipePeer> lookUp(boolean token) {
        Future<NamedPipePeer> known = token ? byToken : byProcess;
        if (known != null) {
            return known;
        }
        Future<NamedPipePeer> lookUp = channel.peer();
        if (token) {
            byToken = lookUp;
        } else {
            byProcess = lookUp;
        }
        return lookUp;
    }

    private boolean isAsked(PeerHold hold) {
        return asked == hold && gate.isDeciding();
    }

    private void found(PeerHold hold, Future<NamedPipePeer> lookUp) {
        NamedPipePeer found = lookUp.getNow();
        if (found == null) {
            gate.reject(hold, null, PeerRejection.UNKNOWN_PEER, lookUp.cause());
            return;
        }
        peer = found;
        if (hold.filter().decidesByToken() && found.evidence() != NamedPipePeer.Evidence.CLIENT_TOKEN) {
            gate.reject(hold, found, PeerRejection.NO_TOKEN, null);
            return;
        }
        Future<Boolean> decision;
        try {
            decision = Objects.requireNonNull(hold.filter().decide(hold.ctx(), found), "decide() returned null");
        } catch (Throwable t) {
            gate.reject(hold, found, PeerRejection.DECISION_FAILED, t);
            return;
        }
        if (!isAsked(hold)) {
            decision.cancel(false);
        } else if (decision.isDone()) {
            answered(hold, found, decision);
        } else {
            answer = decision;
            decision.addListener((Future<Boolean> done) -> PeerTimer.onLoop(channel, () -> {
                if (isAsked(hold)) {
                    answered(hold, found, done);
                }
            }));
        }
    }

    private void answered(PeerHold hold, NamedPipePeer found, Future<Boolean> decision) {
        if (!decision.isSuccess()) {
            gate.reject(hold, found, PeerRejection.DECISION_FAILED, decision.cause());
            return;
        }
        if (!Boolean.TRUE.equals(decision.getNow())) {
            gate.reject(hold, found, PeerRejection.REFUSED, null);
            return;
        }
        try {
            hold.filter().channelAccepted(hold.ctx(), found);
        } catch (Throwable t) {
            gate.reject(hold, found, PeerRejection.DECISION_FAILED, t);
            return;
        }
        if (isAsked(hold)) {
            answer = null;
            cancel();
            hold.accepted();
            gate.next();
        }
    }

    /** Stops asking a filter that has left. @return whether it was asked */
    boolean forget(PeerHold hold) {
        if (asked != hold) {
            return false;
        }
        cancel();
        return true;
    }

    void cancel() {
        Future<Boolean> running = answer;
        asked = null;
        peer = null;
        answer = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** A client may have itself rejected as often as it likes, so this must not fill a log. */
    void record(@Nullable NamedPipePeer rejected, PeerRejection reason, @Nullable Throwable cause) {
        if (channel.parent() instanceof NamedPipeServerChannel server) {
            server.metrics().rejected.incrementAndGet();
        }
        PipeEvents.rejects(channel, rejected, reason);
        logger.debug("{} is closed, its peer {} is rejected: {}", channel, rejected, reason, cause);
    }
}
