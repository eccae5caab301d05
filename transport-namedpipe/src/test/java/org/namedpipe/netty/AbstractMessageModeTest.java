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
import static org.namedpipe.netty.testing.TestBytes.random;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testing.TestLoops;

/** Message mode, on any kernel. */
abstract class AbstractMessageModeTest {
    private static final int READ_BUFFER = 100;

    protected abstract Kernel kernel();

    private PipePair messages(UnaryOperator<ServerBootstrap> serve, UnaryOperator<Bootstrap> connect) throws Exception {
        return new PipePair(
                kernel(),
                server -> serve.apply(server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))),
                client -> connect.apply(client.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))));
    }

    private PipePair messages() throws Exception {
        return messages(UnaryOperator.identity(), UnaryOperator.identity());
    }

    private static void send(PipePair.End end, byte[] bytes) {
        end.channel().write(Unpooled.wrappedBuffer(bytes));
    }

    @Test
    void oneWriteOfAnySizeIsOneRead() throws Exception {
        try (PipePair pipe = messages()) {
            List<byte[]> sent = new ArrayList<>();
            for (int length : new int[] {1, READ_BUFFER - 1, READ_BUFFER, READ_BUFFER + 1, 0, 5000, 2, 300_000, 0, 1}) {
                sent.add(random(length));
            }
            for (PipePair.End[] way : new PipePair.End[][] {{pipe.client, pipe.server}, {pipe.server, pipe.client}}) {
                sent.forEach(bytes -> send(way[0], bytes));
                way[0].channel().flush();
                for (byte[] bytes : sent) {
                    assertThat(way[1].read()).isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void messagesThatArriveBeforeTheReadAreReadWhole() throws Exception {
        try (PipePair pipe = messages(server -> server.childOption(ChannelOption.AUTO_READ, false), c -> c)) {
            send(pipe.client, random(1000));
            send(pipe.client, random(7));
            Await.get(pipe.client.channel().writeAndFlush(Unpooled.EMPTY_BUFFER));
            assertThat(pipe.server.events).isEmpty();
            pipe.server.channel().read();
            assertThat(pipe.server.read()).isEqualTo(random(1000));
            pipe.server.channel().read();
            assertThat(pipe.server.read()).isEqualTo(random(7));
            pipe.server.channel().read();
            assertThat(pipe.server.read()).isEmpty();
        }
    }

    @Test
    void aMessageThatIsTooLongIsReportedAndDropped() throws Exception {
        try (PipePair pipe = messages(s -> s.childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, 1000), c -> c)) {
            for (int length : new int[] {1000, 1001, 999, 100_000, 1}) {
                send(pipe.client, random(length));
            }
            pipe.client.channel().flush();
            assertThat(pipe.server.read()).hasSize(1000);
            assertThat(Await.next(pipe.server.events))
                    .isInstanceOf(TooLongFrameException.class)
                    .asString()
                    .contains("MAX_MESSAGE_SIZE of 1000");
            assertThat(pipe.server.read()).hasSize(999);
            assertThat(Await.next(pipe.server.events)).isInstanceOf(TooLongFrameException.class);
            assertThat(pipe.server.read()).hasSize(1);
            assertThat(pipe.server.channel().isActive()).isTrue();
        }
    }

    @Test
    void aLimitBelowTheSizeOfTheReadBufferIsEnforced() throws Exception {
        try (PipePair pipe =
                messages(s -> s.childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, READ_BUFFER / 2), c -> c)) {
            send(pipe.client, random(READ_BUFFER - 1));
            send(pipe.client, random(3));
            pipe.client.channel().flush();
            assertThat(Await.next(pipe.server.events)).isInstanceOf(TooLongFrameException.class);
            assertThat(pipe.server.read()).hasSize(3);
        }
    }

    @Test
    void aFileIsOneMessage(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), random(200_000));
        try (PipePair pipe = messages()) {
            Await.get(pipe.client.channel().writeAndFlush(new DefaultFileRegion(file.toFile(), 0, 200_000)));
            assertThat(pipe.server.read()).isEqualTo(random(200_000));
        }
    }

    @Test
    void messagesReadAsBytesAreAStreamAtTheEndThatAsksForIt() throws Exception {
        try (PipePair pipe = new PipePair(
                kernel(),
                s -> s.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE_READ_AS_BYTES),
                c -> c.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE))) {
            send(pipe.server, random(10));
            send(pipe.server, random(20));
            pipe.server.channel().flush();
            assertThat(pipe.client.read()).hasSize(10);
            assertThat(pipe.client.read()).hasSize(20);

            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            send(pipe.client, random(10));
            send(pipe.client, random(0));
            send(pipe.client, random(20));
            pipe.client.channel().flush();
            while (stream.size() < 30) {
                stream.write(pipe.server.read());
            }
            assertThat(stream.toByteArray()).startsWith(random(10)).endsWith(random(20));
        }
    }

    @Test
    void messageModeNeedsAPipeOfMessages() throws Exception {
        try (TestLoops loops = new TestLoops(kernel())) {
            NamedPipeAddress name = Names.fresh();
            Await.get(Boot.server(loops.group(1)).bind(name));
            assertThat(Await.failure(Boot.client(loops.group(1))
                            .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                            .connect(name)))
                    .isInstanceOf(NamedPipeConnectException.class)
                    .hasMessageContaining("SetNamedPipeHandleState(" + name.path())
                    .hasMessageContaining("ERROR_INVALID_PARAMETER (87)")
                    .hasMessageContaining("set PIPE_MODE to BYTE");
        }
    }

    @Test
    void anEmptyMessageEndsTheOutputWithAllowHalfClosure() throws Exception {
        UnaryOperator<Bootstrap> halves = c -> c.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
        try (PipePair pipe = messages(s -> s.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true), halves)) {
            send(pipe.client, random(300_000));
            Await.get(pipe.client.channel().shutdownOutput());
            assertThat(pipe.client.channel().isOutputShutdown()).isTrue();
            assertThat(Await.next(pipe.client.events)).isSameAs(ChannelOutputShutdownEvent.INSTANCE);
            assertThat(Await.failure(pipe.client.channel().writeAndFlush(Unpooled.copyInt(1))))
                    .isInstanceOf(ClosedChannelException.class);

            assertThat(pipe.server.read()).isEqualTo(random(300_000));
            assertThat(Await.next(pipe.server.events)).isSameAs(ChannelInputShutdownEvent.INSTANCE);
            assertThat(Await.next(pipe.server.events)).isSameAs(ChannelInputShutdownReadComplete.INSTANCE);
            assertThat(pipe.server.channel().isInputShutdown()).isTrue();

            Await.get(pipe.server.channel().writeAndFlush(Unpooled.wrappedBuffer(random(5))));
            assertThat(pipe.client.read()).hasSize(5);
            pipe.client.channel().close();
            assertThat(Await.next(pipe.server.events)).isEqualTo("inactive");
        }
    }

    @Test
    void shutdownOutputNeedsAllowHalfClosureAndMessageMode() throws Exception {
        try (PipePair pipe = messages()) {
            assertThat(Await.failure(pipe.client.channel().shutdownOutput()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("ALLOW_HALF_CLOSURE");
            Await.get(pipe.client.channel().writeAndFlush(Unpooled.EMPTY_BUFFER));
            assertThat(pipe.server.read()).isEmpty();
            assertThat(pipe.server.channel().isInputShutdown()).isFalse();
        }
        try (PipePair pipe = new PipePair(kernel(), s -> s, c -> c.option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
            assertThat(Await.failure(pipe.client.channel().shutdownOutput()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("PIPE_MODE MESSAGE");
            assertThat(pipe.client.channel().isActive()).isTrue();
        }
    }

    @Test
    void writesAfterShutdownOutputAreRefused() throws Exception {
        UnaryOperator<Bootstrap> halves = c -> c.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
        try (PipePair pipe = messages(s -> s.childOption(ChannelOption.AUTO_READ, false), halves)) {
            // More bytes than the pipe holds, so that the end of output waits for them.
            pipe.client.channel().writeAndFlush(Unpooled.wrappedBuffer(random(300_000)));
            pipe.client.channel().shutdownOutput();
            assertThat(Await.failure(pipe.client.channel().writeAndFlush(Unpooled.copyInt(1))))
                    .isInstanceOf(ChannelOutputShutdownException.class);
        }
    }
}
