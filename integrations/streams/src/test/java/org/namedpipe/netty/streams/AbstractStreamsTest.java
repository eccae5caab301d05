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
package org.namedpipe.netty.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestBytes;
import org.namedpipe.netty.testing.TestLoops;

/** The streams at both ends of a pipe. */
abstract class AbstractStreamsTest {
    private static final int EXCHANGES = 200;
    private static final int LONG_BYTES = 2_000_000;

    final NamedPipeAddress name = Names.fresh();
    final BlockingQueue<NamedPipeStreams> accepted = new LinkedBlockingQueue<>();
    final ExecutorService threads = Executors.newCachedThreadPool();
    private @SuppressWarnings("NullAway.Init") TestLoops loops;

    @SuppressWarnings("NullAway.Init")
    NamedPipeStreams client;

    @SuppressWarnings("NullAway.Init")
    NamedPipeStreams server;

    abstract Kernel kernel();

    /** Checks the kernel at the end of a test. */
    void nothingIsLeft() {}

    /** Waits until the thread that completes {@code thread} blocks. */
    private static void awaitBlocked(CompletableFuture<Thread> thread) {
        Thread blocked = Await.join(thread);
        Await.until(
                () -> blocked.getState() == Thread.State.WAITING || blocked.getState() == Thread.State.TIMED_WAITING);
    }

    @BeforeEach
    void connect() throws Exception {
        loops = new TestLoops(kernel());
        ChannelHandler streams = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                accepted.add(NamedPipeStreams.of(channel));
            }
        };
        Await.get(Boot.server(loops.group(2)).childHandler(streams).bind(name));
        client = NamedPipeStreams.connect(loops.group(2), name);
        server = Await.next(accepted);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(600, TimeUnit.SECONDS)).isTrue();
        loops.close();
        nothingIsLeft();
    }

    @Test
    void bytesPassUnchangedInBothDirectionsAtOnce() throws Exception {
        byte[] toServer = TestBytes.random(LONG_BYTES);
        byte[] toClient = TestBytes.random(LONG_BYTES);
        List<Future<?>> writes = new ArrayList<>();
        writes.add(threads.submit(() -> {
            client.outputStream().write(toServer);
            return null;
        }));
        writes.add(threads.submit(() -> {
            server.outputStream().write(toClient);
            return null;
        }));
        Future<byte[]> atServer = threads.submit(() -> server.inputStream().readNBytes(LONG_BYTES));
        assertThat(client.inputStream().readNBytes(LONG_BYTES)).isEqualTo(toClient);
        assertThat(atServer.get()).isEqualTo(toServer);
        for (Future<?> write : writes) {
            write.get();
        }
    }

    @Test
    void singleBytesAreUnsigned() throws Exception {
        client.outputStream().write(0xFF);
        assertThat(server.inputStream().read()).isEqualTo(0xFF);
    }

    @Test
    void aByteChannelReadsWhatIsThereAndWritesAll() throws Exception {
        ByteChannel toServer = client.byteChannel();
        assertThat(toServer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
        ByteBuffer target = ByteBuffer.allocateDirect(64).position(1);
        assertThat(server.byteChannel().read(target)).isEqualTo(3);
        assertThat(target.flip().position(1)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(toServer.isOpen()).isTrue();
        toServer.close();
        assertThat(toServer.isOpen()).isFalse();
    }

    @Test
    void twoHundredExchangesRunAtOnce() throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            int question = i;
            answers.add(threads.submit(() -> {
                try (NamedPipeStreams streams =
                        NamedPipeStreams.connect(client.channel().eventLoop(), name)) {
                    new DataOutputStream(streams.outputStream()).writeInt(question);
                    return new DataInputStream(streams.inputStream()).readInt();
                }
            }));
            threads.submit(() -> {
                try (NamedPipeStreams streams = Await.next(accepted)) {
                    int got = new DataInputStream(streams.inputStream()).readInt();
                    new DataOutputStream(streams.outputStream()).writeInt(got + 1);
                    // The client closes first: a close discards what the peer has not read.
                    return streams.inputStream().read();
                }
            });
        }
        for (int i = 0; i < EXCHANGES; i++) {
            assertThat(answers.get(i).get()).isEqualTo(i + 1);
        }
    }

    @Test
    void nothingIsReadThatNoThreadAsksFor() throws Exception {
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        Future<?> write = threads.submit(() -> {
            writer.complete(Thread.currentThread());
            server.outputStream().write(new byte[LONG_BYTES]);
            return null;
        });
        awaitBlocked(writer);
        assertThat(client.inputStream().available()).isZero();
        assertThat(write.isDone()).isFalse();
        assertThat(client.inputStream().readNBytes(LONG_BYTES)).hasSize(LONG_BYTES);
        write.get();
    }

    @Test
    void aWriteDoesNotWaitLongerForAnotherThatBlocks() throws Exception {
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        Future<?> write = threads.submit(() -> {
            writer.complete(Thread.currentThread());
            server.outputStream().write(new byte[LONG_BYTES]);
            return null;
        });
        awaitBlocked(writer);
        server.setWriteTimeout(Duration.ofMillis(20));
        assertThatThrownBy(() -> server.outputStream().write(1)).isInstanceOf(SocketTimeoutException.class);
        server.setWriteTimeout(Duration.ZERO);
        assertThat(client.inputStream().readNBytes(LONG_BYTES)).hasSize(LONG_BYTES);
        write.get();
    }

    @Test
    void aReadThatTimesOutLosesNothing() throws Exception {
        client.setReadTimeout(Duration.ofMillis(20));
        assertThatThrownBy(() -> client.inputStream().read())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("read has not ended within 20 ms");
        client.setReadTimeout(Duration.ZERO);
        server.outputStream().write(7);
        assertThat(client.inputStream().read()).isEqualTo(7);
    }

    @Test
    void aWriteThatTimesOutIsFinishedBeforeTheNext() throws Exception {
        server.setWriteTimeout(Duration.ofMillis(20));
        byte[] bytes = TestBytes.random(LONG_BYTES);
        assertThatThrownBy(() -> server.outputStream().write(bytes)).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> server.outputStream().write(1)).isInstanceOf(SocketTimeoutException.class);
        server.setWriteTimeout(Duration.ZERO);
        Future<?> write = threads.submit(() -> {
            server.outputStream().write(1);
            return null;
        });
        assertThat(client.inputStream().read()).isEqualTo(bytes[0] & 0xFF);
        assertThat(client.inputStream().readNBytes(256 * 1024)).endsWith(bytes[256 * 1024 - 1], 1);
        write.get();
    }

    @Test
    void anInterruptedReadLosesNothing() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.inputStream().read()).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        server.outputStream().write(7);
        assertThat(client.inputStream().read()).isEqualTo(7);
    }

    @Test
    void theEventLoopOfTheChannelIsNotBlocked() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        client.channel().eventLoop().execute(() -> {
            try {
                assertThatThrownBy(() -> client.inputStream().read())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("read would block the event loop");
                assertThatThrownBy(() -> client.outputStream().write(1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> client.shutdownOutput()).isInstanceOf(IllegalStateException.class);
                client.close();
                done.complete(null);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        Await.join(done);
    }

    @Test
    void aConnectOnAnEventLoopIsRefusedAndLeavesNoChannel() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        client.channel().eventLoop().execute(() -> {
            assertThatThrownBy(() -> NamedPipeStreams.connect(client.channel().eventLoop(), name))
                    .isInstanceOf(IllegalStateException.class);
            done.complete(null);
        });
        Await.join(done);
        // Those of the server and of the two ends.
        Await.until(() -> loops.registrations() == 3);
    }

    @Test
    void aCloseEndsTheReadOfAnotherThread() throws Exception {
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        Future<Throwable> read = threads.submit(() -> {
            reader.complete(Thread.currentThread());
            try {
                return new AssertionError("read " + client.inputStream().read());
            } catch (IOException e) {
                return e;
            }
        });
        awaitBlocked(reader);
        client.close();
        assertThat(read.get()).isInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(() -> client.inputStream().read()).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> client.outputStream().write(1)).isInstanceOf(ClosedChannelException.class);
        assertThat(server.inputStream().read()).isEqualTo(-1);
    }

    @Test
    void anInputStreamEndsAfterTheLastByteOfThePeer() throws Exception {
        client.outputStream().write(new byte[] {1, 2});
        assertThat(server.inputStream().readNBytes(1)).containsExactly(1);
        client.close();
        assertThat(server.inputStream().readAllBytes()).containsExactly(2);
        assertThat(server.inputStream().read()).isEqualTo(-1);
        Await.get(server.channel().closeFuture());
        assertThatThrownBy(() -> server.outputStream().write(1)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPipeThatDoesNotExistIsNamed() {
        NamedPipeAddress missing = Names.fresh();
        assertThatThrownBy(() -> NamedPipeStreams.connect(client.channel().eventLoop(), missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.path());
    }
}
