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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Leaving an event loop with operations under way, and coming back to it. */
// case 28
class DeregisterTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private Channel connectAndLeave() {
        Channel client = connect(recorder);
        leave(client);
        return client;
    }

    private void leave(Channel channel) {
        recorder.take();
        ChannelFuture left = channel.deregister();
        settle();
        assertThat(left.isSuccess()).isTrue();
        assertThat(channel.isRegistered()).isFalse();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    private void comeBack(Channel channel) {
        ChannelFuture back = register(loop, channel);
        settle();
        assertThat(back.isSuccess()).isTrue();
    }

    private static ChannelFuture register(EventLoop eventLoop, Channel channel) {
        ChannelPromise promise = new DefaultChannelPromise(channel, eventLoop);
        channel.unsafe().register(eventLoop, promise);
        return promise;
    }

    private static ByteBuf text(String text) {
        return Unpooled.directBuffer().writeBytes(text.getBytes(ISO_8859_1));
    }

    @Test
    void aReadThatEndsWhileTheChannelIsAwayIsDeliveredOnceBack() {
        SimulatedPeer peer = listen();
        Channel client = connectAndLeave();
        peer.write("meanwhile").succeeds();
        settle();
        assertThat(recorder.take()).isEmpty();
        comeBack(client);
        assertThat(recorder.take()).containsExactly("registered", "read meanwhile", "readComplete");
    }

    @Test
    void aReadThatEndsAfterTheChannelIsBackIsDeliveredOnce() {
        SimulatedPeer peer = listen();
        Channel client = connectAndLeave();
        comeBack(client);
        peer.write("later").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "read later", "readComplete");
        assertThat(kernel.calls("ReadFile"))
                .as("the first, and the one after it")
                .isEqualTo(2);
    }

    @Test
    void aWriteThatEndsWhileTheChannelIsAwaySucceeds() {
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectWithoutReading(recorder);
        ChannelFuture write = client.writeAndFlush(text("one"));
        ChannelFuture next = client.writeAndFlush(text("two"));
        leave(client);
        assertThat(peer.read(64).await().text()).isEqualTo("one");
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(next.isDone()).isFalse();
        comeBack(client);
        assertThat(peer.read(64).await().text()).isEqualTo("two");
        settle();
        assertThat(next.isSuccess()).isTrue();
    }

    @Test
    void theRegistrationIsGoneOnceTheLastOperationHasEnded() {
        SimulatedPeer peer = listen();
        connectAndLeave();
        assertThat(loops.registrations()).isEqualTo(1);
        peer.write("x").succeeds();
        settle();
        assertThat(loops.registrations()).isZero();
        hangUp(peer);
    }

    @Test
    void theEndOfTheStreamIsToldOnceBack() {
        SimulatedPeer peer = listen();
        Channel client = connectAndLeave();
        hangUp(peer);
        settle();
        assertThat(recorder.take()).isEmpty();
        comeBack(client);
        assertThat(recorder.take()).containsExactly("registered", "readComplete", "inactive", "unregistered");
    }

    @Test
    void aChannelThatIsAwayCanBeClosedWithOperationsUnderWay() {
        listen();
        Channel client = connectAndLeave();
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            ChannelFuture closed = client.close();
            settle();
            assertThat(closed.isSuccess()).isTrue();
            assertThat(hold.held()).hasSize(1);
            assertThat(loops.registrations()).isEqualTo(1);
        }
        settle();
        assertThat(loops.registrations()).isZero();
    }

    @Test
    void aChannelWithOperationsUnderWayCannotMoveToAnotherLoop() {
        listen();
        Channel client = connectAndLeave();
        ManualIoEventLoop other = new ManualIoEventLoop(null, Thread.currentThread(), loops.factory(), clock);
        ChannelFuture moved = register(other, client);
        settle();
        assertThat(moved.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("event loop");
        assertThat(client.isOpen()).isFalse();
        settle();
        other.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!other.isTerminated()) {
            clock.advanceMillis(1);
            other.runNow();
        }
    }

    @Test
    void aServerThatIsAwayAcceptsOnceBack() {
        Recorder children = new Recorder();
        Channel server = bound(server(recorder, children).option(ChannelOption.SO_BACKLOG, 2));
        leave(server);
        open();
        open();
        settle();
        assertThat(children.channels()).isEmpty();
        comeBack(server);
        assertThat(children.channels()).hasSize(2);
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
    }

    @Test
    void aServerThatIsAwayCanBeClosed() {
        Channel server = bound(server(recorder, new Recorder()).option(ChannelOption.SO_BACKLOG, 2));
        leave(server);
        SimulatedPeer client = open();
        settle();
        server.close();
        settle();
        assertThat(client.available()).isNegative();
        assertThat(loops.registrations()).isZero();
    }
}
