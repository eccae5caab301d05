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

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Allocations;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

class PipeEventsTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);
    private final NamedPipeAddress name = Names.fresh();
    private final Deque<SimulatedPeer> peers = new ArrayDeque<>();

    @AfterEach
    void nothingIsLeft() {
        peers.forEach(SimulatedPeer::close);
        loops.close();
        kernel.assertAllGone();
    }

    private static FlightRecording record(String... events) {
        return FlightRecording.of(Duration.ZERO, events);
    }

    private ChannelFuture connect() {
        return Boot.client(group, ChannelInboundHandlerAdapter::new)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100)
                .connect(name);
    }

    private Channel connected() throws Exception {
        ChannelFuture connect = connect();
        Await.get(connect);
        return connect.channel();
    }

    private static ChannelFuture write(Channel channel, String text) {
        return channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    // ---- connecting

    @Test
    void aConnect() throws Exception {
        peers.add(SimulatedPeer.listen(kernel, name.path()));
        try (FlightRecording recording = record("Connect", "BusyWait")) {
            connected();
            assertThat(recording.events("Connect")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getInt("busyAnswers")).isZero();
                assertThat(event.getString("result")).isEqualTo("ERROR_SUCCESS");
                assertThat(event.getInt("resultCode")).isZero();
                assertThat(event.getDuration()).isPositive();
            });
            assertThat(recording.events("BusyWait")).isEmpty();
        }
    }

    @Test
    void aConnectThatFails() throws Exception {
        try (FlightRecording recording = record("Connect")) {
            assertThat(connect().awaitUninterruptibly().isSuccess()).isFalse();
            assertThat(recording.events("Connect")).singleElement().satisfies(event -> {
                assertThat(event.getString("result")).isEqualTo("ERROR_FILE_NOT_FOUND");
                assertThat(event.getInt("resultCode")).isEqualTo(Win32Error.ERROR_FILE_NOT_FOUND);
            });
        }
    }

    @Test
    void aConnectThatWaitsInVain() throws Exception {
        peers.add(SimulatedPeer.listen(kernel, name.path()));
        peers.add(SimulatedPeer.open(kernel, name.path()));
        try (FlightRecording recording = record("Connect", "BusyWait")) {
            assertThat(connect().awaitUninterruptibly().isSuccess()).isFalse();
            List<RecordedEvent> waits = recording.events("BusyWait");
            assertThat(waits)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(event -> assertThat(event.getString("pipe")).isEqualTo(name.path()));
            assertThat(waits.get(0).getDuration("pause")).isEqualTo(Duration.ofMillis(1));
            assertThat(waits.get(1).getDuration("pause")).isEqualTo(Duration.ofMillis(2));
            assertThat(recording.events("Connect")).singleElement().satisfies(event -> {
                assertThat(event.getInt("busyAnswers")).isEqualTo(waits.size());
                assertThat(event.getString("result")).isEqualTo("ERROR_PIPE_BUSY");
                assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(90));
            });
        }
    }

    // ---- accepting

    @Test
    void anAccept() throws Exception {
        try (FlightRecording recording = record("Accept")) {
            Await.get(Boot.server(group, ChannelInboundHandlerAdapter::new).bind(name));
            peers.add(SimulatedPeer.open(kernel, name.path()));
            kernel.awaitIdle(1);
            assertThat(recording.events("Accept")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getBoolean("aborted")).isFalse();
            });
        }
    }

    @Test
    void anAbortedAccept() throws Exception {
        kernel.faults()
                .before(
                        "ConnectNamedPipe",
                        () -> SimulatedPeer.open(kernel, name.path()).close());
        try (FlightRecording recording = record("Accept")) {
            Await.get(Boot.server(group, ChannelInboundHandlerAdapter::new).bind(name));
            kernel.awaitIdle(1);
            assertThat(recording.events("Accept"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getBoolean("aborted")).isTrue());
        }
    }

    // ---- closing

    @Test
    void aClose() throws Exception {
        SimulatedPeer server = SimulatedPeer.listen(kernel, name.path());
        peers.add(server);
        try (FlightRecording recording = record("Close")) {
            Channel client = connected();
            Await.get(write(client, "four"));
            Await.get(write(client, "more"));
            server.write("answer").succeeds();
            kernel.awaitIdle(1);
            Await.get(client.close());
            assertThat(recording.events("Close")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getBoolean("accepted")).isFalse();
                assertThat(event.getLong("bytesRead")).isEqualTo(6);
                assertThat(event.getLong("bytesWritten")).isEqualTo(8);
            });
        }
    }

    // ---- writes that pend

    @Test
    void aWriteThatWaitsForItsReader() throws Exception {
        SimulatedPeer slow = SimulatedPeer.listen(kernel, name.path(), 0, 0);
        peers.add(slow);
        try (FlightRecording recording = record("StalledWrite")) {
            ChannelFuture write = write(connected(), "at last");
            kernel.await("the write is under way", () -> kernel.calls("WriteFile") == 1);
            slow.readFully(7);
            Await.get(write);
            assertThat(recording.events("StalledWrite")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getLong("bytesWritten")).isEqualTo(7);
                assertThat(event.getString("result")).isEqualTo("ERROR_SUCCESS");
                assertThat(event.getDuration()).isPositive();
            });
        }
    }

    @Test
    void aWriteThatIsGivenUp() throws Exception {
        peers.add(SimulatedPeer.listen(kernel, name.path(), 0, 0));
        try (FlightRecording recording = record("StalledWrite")) {
            Channel client = connected();
            write(client, "never read");
            kernel.await("the write is under way", () -> kernel.calls("WriteFile") == 1);
            Await.get(client.close());
            kernel.awaitIdle(1);
            assertThat(recording.events("StalledWrite")).singleElement().satisfies(event -> {
                assertThat(event.getLong("bytesWritten")).isZero();
                assertThat(event.getInt("resultCode")).isEqualTo(Win32Error.ERROR_OPERATION_ABORTED);
            });
        }
    }

    @Test
    void aWriteThatWaitsLessThanTheThreshold() throws Exception {
        SimulatedPeer slow = SimulatedPeer.listen(kernel, name.path(), 0, 0);
        peers.add(slow);
        try (FlightRecording recording = FlightRecording.of(Duration.ofHours(1), "StalledWrite")) {
            ChannelFuture write = write(connected(), "at last");
            slow.readFully(7);
            Await.get(write);
            assertThat(recording.events("StalledWrite")).isEmpty();
        }
    }

    // ---- nobody records

    @Test
    void whatNobodyRecordsAllocatesNothing() throws Throwable {
        NamedPipeChannel channel = new NamedPipeChannel();
        Allocations.assertNone(() -> {
            PipeEventTypes.Connect connect = PipeEvents.connectStarts();
            PipeEvents.connectAnswered(connect, 1);
            PipeEvents.connectEnds(connect, name);
            PipeEvents.busy(name, 1);
            PipeEvents.accepted(name, false);
            PipeEventTypes.StalledWrite write = PipeEvents.writePends();
            PipeEvents.writeEnds(write, channel.end, 1, 0);
            PipeEvents.closes(channel.end, false, 1, 1);
        });
    }

    @Test
    void whatSomebodyElseRecordsAllocatesNothing() throws Throwable {
        try (FlightRecording recording = record("Close")) {
            NamedPipeChannel channel = new NamedPipeChannel();
            Allocations.assertNone(() -> {
                PipeEventTypes.StalledWrite write = PipeEvents.writePends();
                PipeEvents.writeEnds(write, channel.end, 1, 0);
            });
            assertThat(recording.events("StalledWrite")).isEmpty();
        }
    }
}
