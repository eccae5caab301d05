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
import io.netty.channel.ChannelFutureListener;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The actions of an application on its channel: from within an event, in a task, or on another thread. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum ApplicationAction {
    WRITE(6, monitor -> write(monitor, false)),
    WRITE_AND_FLUSH(6, monitor -> write(monitor, true)),
    /** Writes several messages with one flush. The promise of one may close the channel. */
    WRITE_BATCH(4, ApplicationAction::writeBatch),
    FLUSH(4, monitor -> monitor.channel().flush()),
    READ(4, monitor -> monitor.channel().read()),
    PAUSE(3, monitor -> monitor.setAutoRead(false)),
    RESUME(4, monitor -> monitor.setAutoRead(true)),
    CANCEL_WRITE(1, monitor -> {
        if (monitor instanceof Endpoint endpoint) {
            endpoint.output().cancelWrite();
        }
    }),
    CANCEL_CONNECT(1, ApplicationAction::cancelConnect),
    SHUTDOWN_OUTPUT(1, monitor -> {
        if (monitor instanceof Endpoint endpoint && monitor.simulation.config.halfClosure) {
            onLoop(endpoint, endpoint.output()::shutdown);
        }
    }),
    SHUTDOWN_INPUT(1, monitor -> {
        if (monitor instanceof Endpoint endpoint
                && monitor.simulation.config.halfClosure
                && monitor.simulation.random.oneIn(3)) {
            onLoop(endpoint, endpoint::shutdownInput);
        }
    }),
    DRAIN(2, monitor -> {
        if (monitor instanceof Endpoint endpoint && monitor.simulation.config.drains) {
            onLoop(endpoint, endpoint::drain);
        }
    }),
    DEREGISTER(1, ChannelMonitor::deregisterChannel),
    /** Registers in a task: on the channel's loop, Netty would fire channelRegistered from within the current event. */
    REGISTER(2, monitor -> monitor.loop().execute(monitor::registerAgain)),
    CLOSE(2, monitor -> {
        if (monitor instanceof Endpoint || monitor.simulation.random.oneIn(6)) {
            monitor.closeChannel();
        }
    });

    private static final int TOTAL_WEIGHT =
            Arrays.stream(values()).mapToInt(action -> action.weight).sum();

    private final int weight;
    private final Consumer<ChannelMonitor> performer;

    ApplicationAction(int weight, Consumer<ChannelMonitor> performer) {
        this.weight = weight;
        this.performer = performer;
    }

    /** Performs a random action, by weight. */
    static void performAny(ChannelMonitor monitor) {
        int left = monitor.simulation.random.below(TOTAL_WEIGHT);
        for (ApplicationAction action : values()) {
            left -= action.weight;
            if (left < 0) {
                monitor.simulation.trace.record(() -> monitor.name + ": " + action);
                action.performer.accept(monitor);
                return;
            }
        }
    }

    private static void writeBatch(ChannelMonitor monitor) {
        RandomSource random = monitor.simulation.random;
        for (int left = random.between(2, 5); left > 0; left--) {
            ChannelFuture future = write(monitor, left == 1);
            if (future != null && random.oneIn(12)) {
                future.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private static @Nullable ChannelFuture write(ChannelMonitor monitor, boolean flush) {
        Payload payload = monitor instanceof Endpoint ? monitor.simulation.workload.payload() : null;
        return payload == null ? null : ((Endpoint) monitor).write(payload, flush);
    }

    private static void cancelConnect(ChannelMonitor monitor) {
        List.copyOf(monitor.futures()).forEach(future -> {
            if (monitor instanceof Endpoint endpoint && future.cancel(false)) {
                endpoint.closedByApplication();
            }
        });
    }

    private static void onLoop(Endpoint endpoint, Runnable task) {
        if (endpoint.loop().inEventLoop()) {
            task.run();
        } else {
            endpoint.loop().execute(task);
        }
    }
}
