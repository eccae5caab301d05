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

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.iocp.IocpCounters;

/** {@code docs/monitoring.md} names every counter and every event. */
class MonitoringPageTest {
    private static String page() throws Exception {
        return Files.readString(Path.of("..", "docs", "monitoring.md"));
    }

    private static void assertNamed(Stream<String> names) throws Exception {
        assertThat(page()).contains(names.map(name -> '`' + name + '`').toList());
    }

    @Test
    void thePageNamesEveryCounter() throws Exception {
        assertNamed(Stream.of(IocpCounters.class, NamedPipeServerCounters.class)
                .flatMap(counters -> Arrays.stream(counters.getDeclaredMethods()))
                .map(Method::getName));
    }

    @Test
    @SuppressWarnings("unchecked")
    void thePageNamesEveryEventAndItsFields() throws Exception {
        EventType[] types = Arrays.stream(PipeEventTypes.class.getDeclaredClasses())
                .map(event -> EventType.getEventType((Class<? extends Event>) event))
                .toArray(EventType[]::new);
        assertThat(types).hasSize(6);
        assertNamed(Arrays.stream(types).map(EventType::getName));
        assertNamed(Arrays.stream(types)
                .flatMap(type -> type.getFields().stream())
                .map(ValueDescriptor::getName)
                .filter(name -> !name.matches("startTime|duration|eventThread|stackTrace")));
    }
}
