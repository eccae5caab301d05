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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The holds of one channel's filters, one for each place of a filter in the pipeline. */
final class PeerHolds {
    private final NamedPipeChannel channel;
    private final List<PeerHold> holds = new ArrayList<>();

    PeerHolds(NamedPipeChannel channel) {
        this.channel = channel;
    }

    void add(PeerHold hold) {
        holds.add(hold);
    }

    void remove(PeerHold hold) {
        holds.remove(hold);
    }

    boolean isEmpty() {
        return holds.isEmpty();
    }

    @Nullable
    PeerHold at(ChannelHandlerContext ctx) {
        for (PeerHold hold : holds) {
            if (hold.ctx() == ctx) {
                return hold;
            }
        }
        return null;
    }

    /** In the order of the pipeline, as it is now. */
    List<PeerHold> inOrder() {
        List<String> names = channel.pipeline().names();
        List<PeerHold> inOrder = new ArrayList<>(holds);
        inOrder.sort(Comparator.comparingInt(hold -> names.indexOf(hold.ctx().name())));
        return inOrder;
    }

    PeerHold first() {
        return inOrder().get(0);
    }

    /** The first that has not accepted; those that need the client's token come after all others. */
    @Nullable
    PeerHold nextUndecided() {
        PeerHold next = null;
        for (PeerHold hold : inOrder()) {
            boolean earlier = next == null
                    || (next.filter().decidesByToken() && !hold.filter().decidesByToken());
            if (earlier && !hold.isAccepted()) {
                next = hold;
            }
        }
        return next;
    }

    /** Calls {@code action} for each that is there now, also if the action removes some. */
    void forEach(Consumer<PeerHold> action) {
        List.copyOf(holds).forEach(action);
    }
}
