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
package org.namedpipe.netty.micrometer;

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;

/**
 * Meters of the event loops whose handlers come from one factory, all loops together:
 *
 * <pre>{@code
 * IocpIoHandlerFactory factory = IocpIoHandler.newFactory();
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(factory);
 * new NamedPipeMetrics(factory).bindTo(registry);
 * }</pre>
 *
 * <p>Two factories in one registry need tags that tell them apart, or the meters are those of the first. A registry keeps
 * no factory alive. Any thread.
 */
public final class NamedPipeMetrics implements MeterBinder {
    private final IocpIoHandlerFactory factory;
    private final Tags tags;

    /** Meters without tags of their own. */
    public NamedPipeMetrics(IocpIoHandlerFactory factory) {
        this(factory, Tags.empty());
    }

    /** Meters that all have {@code tags}. */
    public NamedPipeMetrics(IocpIoHandlerFactory factory, Iterable<Tag> tags) {
        this.factory = checkNotNull(factory, "factory");
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        completed("synchronous", IocpCounters::completedSynchronously).register(registry);
        completed("asynchronous", IocpCounters::completedAsynchronously).register(registry);
        gauge("namedpipe.pending", IocpCounters::pendingOperations)
                .description("Overlapped operations under way")
                .baseUnit("operations")
                .register(registry);
        gauge("namedpipe.registered", IocpCounters::registrations)
                .description("Channels registered with the event loops")
                .baseUnit("channels")
                .register(registry);
        counter("namedpipe.polls", IocpCounters::polls)
                .description("Calls of GetQueuedCompletionStatusEx")
                .baseUnit("polls")
                .register(registry);
        counter("namedpipe.packets", IocpCounters::packets)
                .description("Packets dequeued from completion ports")
                .baseUnit("packets")
                .register(registry);
        counter("namedpipe.wakeups", IocpCounters::wakeups)
                .description("How often another thread woke an event loop")
                .baseUnit("wakeups")
                .register(registry);
        counter("namedpipe.read", IocpCounters::bytesRead)
                .description("Bytes moved by ReadFile")
                .baseUnit("bytes")
                .register(registry);
        counter("namedpipe.written", IocpCounters::bytesWritten)
                .description("Bytes moved by WriteFile")
                .baseUnit("bytes")
                .register(registry);
        counter("namedpipe.busy.waits", IocpCounters::busyWaits)
                .description("How often a client found all instances of a pipe busy and waited")
                .baseUnit("waits")
                .register(registry);
    }

    private FunctionCounter.Builder<IocpIoHandlerFactory> completed(String how, ToLongFunction<IocpCounters> number) {
        return counter("namedpipe.operations", number)
                .tag("completion", how)
                .description("Overlapped operations that completed, in the call itself or by a packet")
                .baseUnit("operations");
    }

    private FunctionCounter.Builder<IocpIoHandlerFactory> counter(String name, ToLongFunction<IocpCounters> number) {
        return FunctionCounter.builder(name, factory, made -> number.applyAsLong(made.counters()))
                .tags(tags);
    }

    private Gauge.Builder<IocpIoHandlerFactory> gauge(String name, ToLongFunction<IocpCounters> number) {
        return Gauge.builder(name, factory, made -> number.applyAsLong(made.counters()))
                .tags(tags);
    }
}
