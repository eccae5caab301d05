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

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelFuture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.micrometer.NamedPipeMetrics;
import org.namedpipe.netty.micrometer.NamedPipeServerMetrics;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.win32.SimulatedKernel;

/** {@code docs/monitoring.md} tells of all there is. */
class MonitoringPageTest {
    private static String page() throws Exception {
        return Files.readString(Path.of("..", "docs", "monitoring.md"));
    }

    private static void assertTold(Stream<String> names) throws Exception {
        assertThat(page()).contains(names.map(name -> '`' + name + '`').toList());
    }

    @Test
    void counters() throws Exception {
        assertTold(Stream.of(IocpCounters.class, NamedPipeServerCounters.class)
                .flatMap(counters -> Arrays.stream(counters.getRecordComponents()))
                .map(component -> component.getName()));
    }

    @Test
    @SuppressWarnings("unchecked")
    void events() throws Exception {
        EventType[] types = Arrays.stream(PipeEventTypes.class.getDeclaredClasses())
                .map(event -> EventType.getEventType((Class<? extends Event>) event))
                .toArray(EventType[]::new);
        assertThat(types).hasSize(6);
        assertTold(Arrays.stream(types).map(EventType::getName));
        assertTold(Arrays.stream(types)
                .flatMap(type -> type.getFields().stream())
                .map(ValueDescriptor::getName)
                .filter(name -> !name.matches("startTime|duration|eventThread|stackTrace")));
    }

    @Test
    void meters() throws Exception {
        SimulatedKernel kernel = new SimulatedKernel();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TestLoops loops = new TestLoops(kernel)) {
            new NamedPipeMetrics(IocpIoHandler.newFactory(kernel)).bindTo(registry);
            ChannelFuture bind =
                    Boot.server(loops.group(1), () -> Echo.INSTANCE).bind(Names.fresh());
            Await.get(bind);
            new NamedPipeServerMetrics((NamedPipeServerChannel) bind.channel()).bindTo(registry);
        }
        assertTold(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName));
    }
}
