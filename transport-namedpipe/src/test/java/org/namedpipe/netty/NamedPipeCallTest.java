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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** One-shot calls fail, and release their buffers, when the event loop shuts down at any of their steps. */
class NamedPipeCallTest {
    private static final int LONG = 60_000;

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final NamedPipeAddress name = NamedPipeAddress.of("call");
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);
    private final ByteBuf request = Unpooled.buffer().writeByte(1);

    @AfterEach
    void nothingIsLeft() {
        loops.close();
        kernel.assertAllGone();
        assertThat(request.refCnt()).isZero();
    }

    private void endLoop() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertThat(group.terminationFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                .isTrue();
    }

    private Future<ByteBuf> call() {
        return NamedPipeCall.call(group, name, request, LONG);
    }

    /** Returns the failure, and asserts that listeners run. */
    private static Throwable failureOf(Future<ByteBuf> reply) throws Exception {
        CountDownLatch notified = new CountDownLatch(1);
        reply.addListener(future -> notified.countDown());
        Await.done(notified);
        assertThat(reply.isDone()).isTrue();
        return reply.cause();
    }

    private SimulatedPeer listen() {
        return SimulatedPeer.listen(
                kernel,
                name.path(),
                Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE,
                64 * 1024);
    }

    private NamedPipeChannel connect() throws Exception {
        return (NamedPipeChannel) Await.channel(Boot.client(group)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .connect(name));
    }

    @Test
    void aCallOnATerminatedLoopFails() throws Exception {
        endLoop();
        assertThat(failureOf(call())).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aCallOnALoopThatShutsDownFails() throws Exception {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        group.execute(() -> Await.join(goOn));
        Future<ByteBuf> before = call();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        ByteBuf second = Unpooled.buffer().writeByte(1);
        Future<ByteBuf> after = NamedPipeCall.call(group, name, second, LONG);
        goOn.complete(null);
        assertThat(failureOf(before)).isNotNull();
        assertThat(failureOf(after)).isNotNull();
        endLoop();
        assertThat(second.refCnt()).isZero();
    }

    @Test
    void aCallThatWaitsForAnInstanceFailsWhenTheLoopShutsDown() throws Exception {
        try (SimulatedPeer server = listen();
                SimulatedPeer other = SimulatedPeer.open(kernel, name.path())) {
            Future<ByteBuf> reply = call();
            Await.until(() -> kernel.opens(name.path()).size() >= 2);
            endLoop();
            assertThat(failureOf(reply)).isInstanceOf(ClosedChannelException.class);
            assertThat(server.handle()).isNotEqualTo(other.handle());
        }
    }

    @Test
    void aCallThatWaitsForItsReplyFailsWhenTheLoopShutsDown() throws Exception {
        try (SimulatedPeer server = listen()) {
            Future<ByteBuf> reply = call();
            Await.until(() -> kernel.calls("WriteFile") == 1);
            assertThat(server.readFully(1)).containsExactly(1);
            endLoop();
            assertThat(failureOf(reply)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aTransactionOnATerminatedLoopFails() throws Exception {
        try (SimulatedPeer server = listen()) {
            NamedPipeChannel channel = connect();
            endLoop();
            Future<ByteBuf> reply = NamedPipeCall.transact(channel, request, LONG);
            assertThat(failureOf(reply)).isInstanceOf(RejectedExecutionException.class);
            assertThat(server.handle()).isPositive();
        }
    }

    @Test
    void aTransactionFailsWhenTheLoopShutsDown() throws Exception {
        try (SimulatedPeer server = listen()) {
            Future<ByteBuf> reply = NamedPipeCall.transact(connect(), request, LONG);
            Await.until(() -> kernel.calls("WriteFile") == 1);
            assertThat(server.readFully(1)).containsExactly(1);
            endLoop();
            assertThat(failureOf(reply)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aTransactionOnAClosedChannelFails() throws Exception {
        try (SimulatedPeer server = listen()) {
            NamedPipeChannel channel = connect();
            Await.get(channel.close());
            Future<ByteBuf> reply = NamedPipeCall.transact(channel, request, LONG);
            assertThat(failureOf(reply)).isInstanceOf(ClosedChannelException.class);
            assertThat(server.handle()).isPositive();
        }
    }

    @Test
    void aTransactionNeedsARegisteredChannel() {
        assertThatThrownBy(() -> NamedPipeCall.transact(new NamedPipeChannel(), request, LONG))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aTimeoutMustBePositive() {
        assertThatThrownBy(() -> NamedPipeCall.call(group, name, request, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeoutMillis: 0");
    }

    @Test
    void aCallNeedsAGroup() {
        assertThatThrownBy(() -> NamedPipeCall.call(new Bootstrap(), name, request, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("group");
    }
}
