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
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Finds the {@link PeerGate} of a channel. There is one as long as the channel has filters that hold something back. */
final class PeerGates {
    private static final AttributeKey<PeerGate> GATE = AttributeKey.valueOf(PeerGate.class, "GATE");

    private PeerGates() {}

    /** Returns the hold of a filter at its place, or {@code null} if it holds nothing back any more. */
    static @Nullable PeerHold hold(ChannelHandlerContext ctx) {
        PeerGate gate = ctx.channel().attr(GATE).get();
        return gate == null ? null : gate.hold(ctx);
    }

    /** Adds a filter that is in the pipeline now. */
    static void add(NamedPipeChannel channel, AbstractNamedPipePeerFilter filter, ChannelHandlerContext ctx) {
        Attribute<PeerGate> attribute = channel.attr(GATE);
        PeerGate gate = attribute.get();
        if (gate == null) {
            gate = new PeerGate(channel);
            attribute.set(gate);
        }
        gate.add(new PeerHold(gate, filter, ctx));
    }

    /** Forgets the gate of a channel. */
    static void remove(NamedPipeChannel channel) {
        channel.attr(GATE).set(null);
    }
}
