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
import static org.namedpipe.netty.testing.TestBytes.text;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Allocations;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The events of Flight Recorder. */
class PipeEventsTest extends OneThread {
    private static FlightRecording record(String... events) {
        return FlightRecording.of(Duration.ZERO, events);
    }

    private void assertRecorded(FlightRecording recording, String type, Consumer<RecordedEvent> requirements)
            throws IOException {
        assertThat(recording.events(type)).singleElement().satisfies(event -> {
            assertThat(event.getString("pipe")).isEqualTo(name.path());
            requirements.accept(event);
        });
    }

    // ---- connecting

    @Test
    void aConnectIsRecorded() throws Exception {
        listen();
        try (FlightRecording recording = record("Connect", "BusyWait")) {
            connect(new Recorder());
            assertRecorded(recording, "Connect", event -> {
                assertThat(event.getInt("busyAnswers")).isZero();
                assertThat(event.getString("result")).isEqualTo("ERROR_SUCCESS");
                assertThat(event.getInt("resultCode")).isZero();
                assertThat(event.getDuration()).isPositive();
            });
            assertThat(recording.events("BusyWait")).isEmpty();
        }
    }

    @Test
    void aFailedConnectIsRecordedWithItsCode() throws Exception {
        try (FlightRecording recording = record("Connect")) {
            channelOf(client(new Recorder()).connect(name));
            assertRecorded(recording, "Connect", event -> {
                assertThat(event.getString("result")).isEqualTo("ERROR_FILE_NOT_FOUND");
                assertThat(event.getInt("resultCode")).isEqualTo(Win32Error.ERROR_FILE_NOT_FOUND);
            });
        }
    }

    @Test
    void aConnectThatTimesOutIsRecordedWithItsPauses() throws Exception {
        listen();
        open();
        try (FlightRecording recording = record("Connect", "BusyWait")) {
            channelOf(client(new Recorder())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100)
                    .connect(name));
            for (int i = 0; i < 100; i++) {
                pass(1);
            }
            List<RecordedEvent> waits = recording.events("BusyWait");
            assertThat(waits)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(event -> assertThat(event.getString("pipe")).isEqualTo(name.path()));
            assertThat(waits.get(0).getDuration("pause")).isEqualTo(Duration.ofMillis(1));
            assertThat(waits.get(1).getDuration("pause")).isEqualTo(Duration.ofMillis(2));
            assertRecorded(recording, "Connect", event -> {
                assertThat(event.getInt("busyAnswers")).isEqualTo(waits.size());
                assertThat(event.getString("result")).isEqualTo("ERROR_PIPE_BUSY");
            });
        }
    }

    // ---- accepting

    @Test
    void anAcceptIsRecorded() throws Exception {
        try (FlightRecording recording = record("Accept")) {
            bound(server(new Recorder(), new Recorder()));
            open();
            settle();
            assertRecorded(
                    recording,
                    "Accept",
                    event -> assertThat(event.getBoolean("aborted")).isFalse());
        }
    }

    @Test
    void anAbortedAcceptIsRecorded() throws Exception {
        kernel.faults().before("ConnectNamedPipe", () -> hangUp(open()));
        try (FlightRecording recording = record("Accept")) {
            bound(server(new Recorder(), new Recorder()));
            assertRecorded(
                    recording,
                    "Accept",
                    event -> assertThat(event.getBoolean("aborted")).isTrue());
        }
    }

    // ---- closing

    @Test
    void aCloseIsRecordedWithItsBytes() throws Exception {
        SimulatedPeer server = listen();
        try (FlightRecording recording = record("Close")) {
            NamedPipeChannel client = connect(new Recorder());
            client.writeAndFlush(text("four"));
            client.writeAndFlush(text("more"));
            server.write("answer").succeeds();
            settle();
            client.close();
            settle();
            assertRecorded(recording, "Close", event -> {
                assertThat(event.getBoolean("accepted")).isFalse();
                assertThat(event.getLong("bytesRead")).isEqualTo(6);
                assertThat(event.getLong("bytesWritten")).isEqualTo(8);
            });
        }
    }

    // ---- writing

    @Test
    void aPendingWriteIsRecorded() throws Exception {
        SimulatedPeer slow = listenUnbuffered();
        try (FlightRecording recording = record("StalledWrite")) {
            connect(new Recorder()).writeAndFlush(text("at last"));
            slow.readFully(7);
            settle();
            assertRecorded(recording, "StalledWrite", event -> {
                assertThat(event.getLong("bytesWritten")).isEqualTo(7);
                assertThat(event.getString("result")).isEqualTo("ERROR_SUCCESS");
                assertThat(event.getDuration()).isPositive();
            });
        }
    }

    @Test
    void aCancelledWriteIsRecorded() throws Exception {
        listenUnbuffered();
        try (FlightRecording recording = record("StalledWrite")) {
            NamedPipeChannel client = connect(new Recorder());
            client.writeAndFlush(text("never read"));
            client.close();
            settle();
            assertRecorded(recording, "StalledWrite", event -> {
                assertThat(event.getLong("bytesWritten")).isZero();
                assertThat(event.getInt("resultCode")).isEqualTo(Win32Error.ERROR_OPERATION_ABORTED);
            });
        }
    }

    @Test
    void aWriteBelowTheThresholdIsNotRecorded() throws Exception {
        SimulatedPeer slow = listenUnbuffered();
        try (FlightRecording recording = FlightRecording.of(Duration.ofHours(1), "StalledWrite")) {
            ChannelFuture write = connect(new Recorder()).writeAndFlush(text("at last"));
            slow.readFully(7);
            settle();
            assertThat(write.isSuccess()).isTrue();
            assertThat(recording.events("StalledWrite")).isEmpty();
        }
    }

    // ---- without a recording

    @Test
    void withoutARecordingEventsAllocateNothing() throws Throwable {
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
    void eventsThatTheRecordingDoesNotEnableAllocateNothing() throws Throwable {
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
