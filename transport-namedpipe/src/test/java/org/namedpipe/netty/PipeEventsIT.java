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
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.RawClient;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/**
 * Flight Recorder events on the real API. A process of its own records them, because the threads of the recorder do not end, and
 * their handles would have numbers that other tests expect to be free.
 */
class PipeEventsIT {
    private static final String END = "end";

    @Test
    void twoConnectionsAreRecorded() throws Exception {
        String pipe = Names.fresh().path();
        List<String> events = new ArrayList<>();
        try (TestProcess recorder = TestProcess.start(Recorded.class, pipe)) {
            for (String line = recorder.nextLine(); !line.equals(END); line = recorder.nextLine()) {
                events.add(line);
            }
        }
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "Connect " + pipe + " ERROR_SUCCESS",
                        "Accept " + pipe + " aborted: false",
                        "Close " + pipe + " accepted: false, read 0, written 10",
                        "Close " + pipe + " accepted: true, read 10, written 0",
                        "Accept " + pipe + " aborted: false",
                        "StalledWrite " + pipe + " written 0, failed: true",
                        "Close " + pipe + " accepted: true, read 0, written 0");
    }

    /** Records the events of two connections, and prints them. */
    static final class Recorded {
        private final Kernel kernel = WindowsKernel.instance();
        private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        private final NamedPipeAddress name;

        private Recorded(NamedPipeAddress name) {
            this.name = name;
        }

        public static void main(String[] arguments) throws Exception {
            try (FlightRecording recording =
                    FlightRecording.of(Duration.ZERO, "Connect", "Accept", "StalledWrite", "Close")) {
                new Recorded(NamedPipeAddress.of(arguments[0])).connectTwice();
                for (RecordedEvent event : recording.events()) {
                    System.out.println(describe(event));
                }
            } catch (Exception | AssertionError e) {
                System.out.println(e);
            }
            System.out.println(END);
        }

        private void connectTwice() throws Exception {
            try (TestLoops loops = new TestLoops(kernel)) {
                EventLoopGroup group = loops.group(1);
                Await.get(bind(group));
                writeAndClose(group);
                leaveAWriteUnread();
            }
        }

        private ChannelFuture bind(EventLoopGroup group) {
            return Boot.server(group, accepted)
                    .option(ChannelOption.SO_SNDBUF, 0)
                    .bind(name);
        }

        private void writeAndClose(EventLoopGroup group) throws Exception {
            Channel client = Await.channel(Boot.client(group).connect(name));
            Await.get(client.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])));
            Await.get(client.close());
            Await.get(Await.next(accepted).closeFuture());
        }

        private void leaveAWriteUnread() throws Exception {
            RawClient client = RawClient.open(kernel, name.path());
            Channel server = Await.next(accepted);
            // The write is pending when this task has run.
            Await.get(server.eventLoop().submit(() -> server.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]))));
            client.close();
            Await.get(server.closeFuture());
        }

        private static String describe(RecordedEvent event) {
            String kind = event.getEventType().getName().replace("org.namedpipe.NamedPipe", "");
            String details = switch (kind) {
                case "Connect" -> event.getString("result");
                case "Accept" -> "aborted: " + event.getBoolean("aborted");
                case "StalledWrite" ->
                    "written " + event.getLong("bytesWritten") + ", failed: " + (event.getInt("resultCode") != 0);
                case "Close" ->
                    "accepted: " + event.getBoolean("accepted") + ", read " + event.getLong("bytesRead") + ", written "
                            + event.getLong("bytesWritten");
                default -> "";
            };
            return kind + ' ' + event.getString("pipe") + ' ' + details;
        }
    }
}
