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
 * Binds meters of the event loops of one factory, summed over all loops:
 *
 * <pre>{@code
 * IocpIoHandlerFactory factory = IocpIoHandler.newFactory();
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(factory);
 * new NamedPipeMetrics(factory).bindTo(registry);
 * }</pre>
 *
 * <p>Two factories in one registry need different tags; otherwise the registry keeps the meters of the first. A registry
 * has a weak reference to the factory. Thread-safe.
 */
public final class NamedPipeMetrics implements MeterBinder {
    private final IocpIoHandlerFactory factory;
    private final Tags tags;

    /** Creates a binder without tags. */
    public NamedPipeMetrics(IocpIoHandlerFactory factory) {
        this(factory, Tags.empty());
    }

    /** Creates a binder whose meters have {@code tags}. */
    public NamedPipeMetrics(IocpIoHandlerFactory factory, Iterable<Tag> tags) {
        this.factory = checkNotNull(factory, "factory");
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        completed("synchronous", IocpCounters::completedSynchronously).register(registry);
        completed("asynchronous", IocpCounters::completedAsynchronously).register(registry);
        gauge("namedpipe.pending", IocpCounters::pendingOperations)
                .description("Outstanding overlapped operations")
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
                .description("Wake-ups of an event loop by another thread")
                .baseUnit("wakeups")
                .register(registry);
        counter("namedpipe.read", IocpCounters::bytesRead)
                .description("Bytes read by ReadFile")
                .baseUnit("bytes")
                .register(registry);
        counter("namedpipe.written", IocpCounters::bytesWritten)
                .description("Bytes accepted by WriteFile")
                .baseUnit("bytes")
                .register(registry);
        counter("namedpipe.busy.waits", IocpCounters::busyWaits)
                .description("Pauses of a client because all instances of a pipe were busy")
                .baseUnit("waits")
                .register(registry);
    }

    private FunctionCounter.Builder<IocpIoHandlerFactory> completed(
            String completion, ToLongFunction<IocpCounters> number) {
        return counter("namedpipe.operations", number)
                .tag("completion", completion)
                .description("Completed overlapped operations, by the call itself or by a packet")
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
