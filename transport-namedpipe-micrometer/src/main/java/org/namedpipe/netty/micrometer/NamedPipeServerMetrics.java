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

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.NamedPipeServerCounters;

/**
 * Binds meters of one server channel, with the path of the pipe as tag {@code pipe}. A registry has a weak reference to the
 * channel. Thread-safe.
 */
public final class NamedPipeServerMetrics implements MeterBinder {
    private final NamedPipeServerChannel server;
    private final Tags tags;

    /**
     * Creates a binder without further tags.
     *
     * @throws IllegalArgumentException if {@code server} is not bound
     */
    public NamedPipeServerMetrics(NamedPipeServerChannel server) {
        this(server, Tags.empty());
    }

    /**
     * Creates a binder whose meters also have {@code tags}.
     *
     * @throws IllegalArgumentException if {@code server} is not bound
     */
    public NamedPipeServerMetrics(NamedPipeServerChannel server, Iterable<Tag> tags) {
        NamedPipeAddress address = server.localAddress();
        if (address == null) {
            throw new IllegalArgumentException("server: " + server + " (expected: bound)");
        }
        this.server = server;
        this.tags = Tags.of(tags).and("pipe", address.path());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "namedpipe.server.listening",
                        server,
                        bound -> bound.counters().listening())
                .tags(tags)
                .description("Instances that wait for a client")
                .baseUnit("instances")
                .register(registry);
        counter("namedpipe.server.accepted", NamedPipeServerCounters::accepted)
                .description("Clients accepted as channels")
                .baseUnit("clients")
                .register(registry);
        counter("namedpipe.server.accept.aborted", NamedPipeServerCounters::abortedAccepts)
                .description("Accepted clients that had disconnected before the accept")
                .baseUnit("clients")
                .register(registry);
        counter("namedpipe.server.accept.failures", NamedPipeServerCounters::acceptFailures)
                .description("Failures to create an instance or to listen with it")
                .baseUnit("failures")
                .register(registry);
        counter("namedpipe.server.rejected", NamedPipeServerCounters::rejected)
                .description("Accepted clients that a peer filter has rejected")
                .baseUnit("clients")
                .register(registry);
    }

    private FunctionCounter.Builder<NamedPipeServerChannel> counter(
            String name, ToLongFunction<NamedPipeServerCounters> number) {
        return FunctionCounter.builder(name, server, bound -> number.applyAsLong(bound.counters()))
                .tags(tags);
    }
}
