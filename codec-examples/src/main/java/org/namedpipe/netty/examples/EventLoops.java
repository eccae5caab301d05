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
package org.namedpipe.netty.examples;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.concurrent.TimeUnit;

/** Event loops that end with the block that opened them, or at Ctrl+C. */
public final class EventLoops implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    private final EventLoopGroup group;
    private final Thread hook = new Thread(this::stop, "stop event loops");

    /**
     * Starts loops.
     *
     * @param threads how many, or 0 for Netty's default
     */
    public EventLoops(Transport transport, int threads) {
        group = new MultiThreadIoEventLoopGroup(threads, transport.ioHandlerFactory());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The group to give to a bootstrap. */
    public EventLoopGroup group() {
        return group;
    }

    /** Closes all channels of the group and waits for its threads to end. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is what ended the loops.
        }
    }

    private void stop() {
        if (!group.isShuttingDown()) {
            // A loop that is told to end while it runs tasks may end without closing its channels, unless it has a
            // hook to run, and goes round once more after it.
            group.forEach(loop -> ((SingleThreadEventExecutor) loop).addShutdownHook(() -> {}));
        }
        boolean ended = group.shutdownGracefully(
                        1, TimeUnit.SECONDS.toMillis(SECONDS_TO_END / 2), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SECONDS_TO_END, TimeUnit.SECONDS);
        if (!ended) {
            throw new IllegalStateException("the event loops did not end within " + SECONDS_TO_END + " s");
        }
    }
}
