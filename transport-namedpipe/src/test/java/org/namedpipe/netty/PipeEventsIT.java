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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.FlightRecording;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.RawClient;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.win32.JnaKernel;
import org.namedpipe.netty.win32.Kernel;

class PipeEventsIT {
    private final Kernel kernel = JnaKernel.instance();
    private final NamedPipeAddress name = Names.fresh();
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    private ChannelFuture bind(EventLoopGroup group) {
        return Boot.server(group, () -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        accepted.add(ctx.channel());
                    }
                })
                .option(ChannelOption.SO_SNDBUF, 0)
                .bind(name);
    }

    @Test
    void theLifeOfAConnection() throws Exception {
        try (TestLoops loops = new TestLoops(kernel);
                FlightRecording recording = FlightRecording.of(Duration.ZERO, "Connect", "Accept", "Close")) {
            EventLoopGroup group = loops.group(1);
            Await.get(bind(group));
            ChannelFuture connect =
                    Boot.client(group, ChannelInboundHandlerAdapter::new).connect(name);
            Await.get(connect);
            Await.get(connect.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[10])));
            Await.get(connect.channel().close());
            Await.get(Await.next(accepted).closeFuture());

            assertThat(recording.events("Connect"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("result")).isEqualTo("ERROR_SUCCESS"));
            assertThat(recording.events("Accept"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("pipe")).isEqualTo(name.path()));
            assertThat(recording.events("Close"))
                    .satisfiesExactlyInAnyOrder(
                            client -> {
                                assertThat(client.getBoolean("accepted")).isFalse();
                                assertThat(client.getLong("bytesWritten")).isEqualTo(10);
                            },
                            server -> {
                                assertThat(server.getBoolean("accepted")).isTrue();
                                assertThat(server.getLong("bytesRead")).isEqualTo(10);
                            });
        }
    }

    @Test
    void aWriteWhoseReaderLeaves() throws Exception {
        try (TestLoops loops = new TestLoops(kernel);
                FlightRecording recording = FlightRecording.of(Duration.ZERO, "StalledWrite")) {
            Await.get(bind(loops.group(1)));
            RawClient client = RawClient.open(kernel, name.path());
            Channel server = Await.next(accepted);
            // When this has run the write is under way.
            ChannelFuture write = Await.get(server.eventLoop()
                    .submit(() -> server.writeAndFlush(Unpooled.copiedBuffer("?", StandardCharsets.US_ASCII))));
            client.close();
            assertThat(write.await().isSuccess()).isFalse();
            assertThat(recording.events("StalledWrite")).singleElement().satisfies(event -> {
                assertThat(event.getString("pipe")).isEqualTo(name.path());
                assertThat(event.getLong("bytesWritten")).isZero();
                assertThat(event.getInt("resultCode")).isPositive();
            });
        }
    }
}
