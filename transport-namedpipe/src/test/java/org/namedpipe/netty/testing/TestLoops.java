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
package org.namedpipe.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;
import org.namedpipe.netty.iocp.LargeBufferBytes;

/** Event loop groups on one kernel. When they have ended, no operation and no registration may be left. */
public final class TestLoops implements AutoCloseable {
    private final Kernel kernel;
    private final IocpIoHandlerFactory factory;
    private final Queue<IocpIoHandler> handlers = new ConcurrentLinkedQueue<>();
    private final List<EventLoopGroup> groups = new ArrayList<>();

    public TestLoops(Kernel kernel) {
        this(kernel, Kernels.on(kernel, IocpIoHandler::newFactory));
    }

    /** Counts the handlers of a factory. */
    TestLoops(Kernel kernel, IocpIoHandlerFactory factory) {
        this.kernel = kernel;
        this.factory = factory;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** Returns a new group of {@code threads} loops, which {@link #close()} shuts down. */
    public EventLoopGroup group(int threads) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(threads, factory());
        groups.add(group);
        return group;
    }

    /** Returns a factory whose handlers are checked by {@link #close()}. */
    public IoHandlerFactory factory() {
        return new IoHandlerFactory() {
            @Override
            public IocpIoHandler newHandler(ThreadAwareExecutor executor) {
                IocpIoHandler handler = factory.newHandler(executor);
                handlers.add(handler);
                return handler;
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    /** Returns the number of outstanding operations of all loops. */
    public int pendingOperations() {
        return (int) factory.counters().pendingOperations();
    }

    /** Returns the number of registrations of all loops. */
    public int registrations() {
        return (int) factory.counters().registrations();
    }

    /** Returns how many reads of all running loops have a large buffer. */
    public int largeReads() {
        return LargeBufferBytes.reads(factory);
    }

    /** Returns the number of packets that all loops have dequeued. */
    public long packets() {
        return factory.counters().packets();
    }

    @Override
    public void close() {
        groups.forEach(group -> group.shutdownGracefully(0, 10, TimeUnit.SECONDS));
        groups.forEach(group -> assertThat(group.terminationFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                .as("%s terminates", group)
                .isTrue());
        assertThat(pendingOperations()).as("pending operations").isZero();
        assertThat(registrations()).as("registrations").isZero();
        IocpCounters counters = factory.counters();
        assertThat(counters.completedSynchronously() + counters.completedAsynchronously())
                .as("completed operations of %s", counters)
                .isEqualTo(counters.submitted());
        assertThat(handlers.stream().mapToLong(LargeBufferBytes::of).sum())
                .as("bytes of large buffers")
                .isZero();
        assertThat(handlers.stream().mapToInt(LargeBufferBytes::reads).sum())
                .as("reads with a large buffer")
                .isZero();
    }
}
