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
package org.namedpipe.netty.grpc;

import io.grpc.internal.SharedResourceHolder;
import io.grpc.internal.SharedResourceHolder.Resource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * One use of the event loops of all servers and channels that have none of their own. gRPC counts the uses, and ends the
 * loops one second after the last one, as it does with its own loops. Any thread.
 */
final class SharedLoops {
    private static final Resource<EventLoopGroup> LOOPS = new Loops();

    private final EventLoopGroup group = SharedResourceHolder.get(LOOPS);
    private final AtomicBoolean released = new AtomicBoolean();

    EventLoopGroup group() {
        return group;
    }

    /** Ends this use. Later calls do nothing. */
    void release() {
        if (released.compareAndSet(false, true)) {
            SharedResourceHolder.release(LOOPS, group);
        }
    }

    private static final class Loops implements Resource<EventLoopGroup> {
        @Override
        public EventLoopGroup create() {
            return new MultiThreadIoEventLoopGroup(
                    0, new DefaultThreadFactory("grpc-named-pipe", true), IocpIoHandler.newFactory());
        }

        @Override
        public void close(EventLoopGroup group) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }

        @Override
        public String toString() {
            return "event loops for named pipes";
        }
    }
}
