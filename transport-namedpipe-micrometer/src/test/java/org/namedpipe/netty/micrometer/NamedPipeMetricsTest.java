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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testkit.SimulatedKernel;

class NamedPipeMetricsTest {
    private static final int BACKLOG = 3;
    private static final int LENGTH = 10;

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final IocpIoHandlerFactory factory = Kernels.on(kernel, IocpIoHandler::newFactory);
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, factory);
    private final NamedPipeAddress name = Names.fresh();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private NamedPipeServerChannel server;

    @AfterEach
    void shutDown() throws Exception {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        Await.get(group.terminationFuture());
        kernel.assertAllGone();
    }

    /** Connects a client, which writes and stays connected. */
    @BeforeEach
    void connect() throws Exception {
        ChannelFuture bind = Boot.server(group, ChannelInboundHandlerAdapter::new)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .bind(name);
        Await.get(bind);
        server = (NamedPipeServerChannel) bind.channel();
        ChannelFuture connect =
                Boot.client(group, ChannelInboundHandlerAdapter::new).connect(name);
        Await.get(connect);
        Await.get(connect.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[LENGTH])));
        kernel.awaitIdle(1);
    }

    /** Returns the value of each meter, by name, tags and unit. */
    private Map<String, Double> values() {
        return registry.getMeters().stream()
                .collect(Collectors.toMap(NamedPipeMetricsTest::describe, NamedPipeMetricsTest::value));
    }

    private static String describe(Meter meter) {
        Meter.Id id = meter.getId();
        String tags = id.getTags().stream()
                .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining());
        return id.getName() + tags + " " + id.getBaseUnit();
    }

    private static double value(Meter meter) {
        assertThat(meter.measure()).hasSize(1);
        return meter.measure().iterator().next().getValue();
    }

    @Test
    void metersHaveTheValuesOfTheLoopsCounters() {
        new NamedPipeMetrics(factory).bindTo(registry);
        IocpCounters counters = factory.counters();
        assertThat(values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "namedpipe.operations completion=synchronous operations",
                        (double) counters.completedSynchronously(),
                        "namedpipe.operations completion=asynchronous operations",
                        (double) counters.completedAsynchronously(),
                        "namedpipe.pending operations",
                        (double) BACKLOG + 2,
                        "namedpipe.registered channels",
                        3.0,
                        "namedpipe.polls polls",
                        (double) counters.polls(),
                        "namedpipe.packets packets",
                        (double) counters.packets(),
                        "namedpipe.wakeups wakeups",
                        (double) counters.wakeups(),
                        "namedpipe.read bytes",
                        (double) LENGTH,
                        "namedpipe.written bytes",
                        (double) LENGTH,
                        "namedpipe.busy.waits waits",
                        0.0));
    }

    @Test
    void metersHaveTheValuesOfTheServersCounters() {
        new NamedPipeServerMetrics(server).bindTo(registry);
        String pipe = " pipe=" + name.path() + " ";
        assertThat(values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "namedpipe.server.listening" + pipe + "instances",
                        (double) BACKLOG,
                        "namedpipe.server.accepted" + pipe + "clients",
                        1.0,
                        "namedpipe.server.accept.aborted" + pipe + "clients",
                        0.0,
                        "namedpipe.server.accept.failures" + pipe + "failures",
                        0.0,
                        "namedpipe.server.rejected" + pipe + "clients",
                        0.0));
    }

    @Test
    void metersAreUpdated() throws Exception {
        new NamedPipeServerMetrics(server).bindTo(registry);
        Await.get(server.close());
        assertThat(values()).containsEntry("namedpipe.server.listening pipe=" + name.path() + " instances", 0.0);
    }

    @Test
    void metersHaveTheTagsOfTheCaller() {
        Tags tags = Tags.of("group", "workers");
        new NamedPipeMetrics(factory, tags).bindTo(registry);
        new NamedPipeServerMetrics(server, tags).bindTo(registry);
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("group")).isEqualTo("workers"));
    }

    @Test
    void unboundServerIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamedPipeServerMetrics(new NamedPipeServerChannel()))
                .withMessageContaining("bound");
    }

    /** {@code docs/monitoring.md} names every meter. */
    @Test
    void allMetersAreDocumented() throws Exception {
        new NamedPipeMetrics(factory).bindTo(registry);
        new NamedPipeServerMetrics(server).bindTo(registry);
        assertThat(Files.readString(Path.of("..", "docs", "monitoring.md")))
                .contains(registry.getMeters().stream()
                        .map(meter -> '`' + meter.getId().getName() + '`')
                        .toList());
    }
}
