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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Limits the time of a {@link PeerGate}'s decision, and of its farewell. On the channel's event loop. */
final class PeerTimer {
    private final NamedPipeChannel channel;
    private @Nullable Future<?> running;

    PeerTimer(NamedPipeChannel channel) {
        this.channel = channel;
    }

    /** Runs {@code task} after the time limit; a timer that runs already goes on instead. */
    void start(Runnable task) {
        if (running == null) {
            int millis = channel.end.config().get(NamedPipeChannelOption.PEER_DECISION_TIMEOUT_MILLIS);
            running = channel.eventLoop().schedule(() -> onLoop(channel, task), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Runs a task on the loop that the channel has by now. */
    static void onLoop(NamedPipeChannel channel, Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }

    void cancel() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
