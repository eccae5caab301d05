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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Deregisters a channel with outstanding operations, and registers it with the same event loop again. */
class DeregisterTest extends OneThread {
    private final Recorder recorder = new Recorder();

    private Channel connectAndDeregister() {
        Channel client = connect(recorder);
        deregister(client);
        return client;
    }

    private void deregister(Channel channel) {
        recorder.take();
        ChannelFuture deregistered = channel.deregister();
        settle();
        assertThat(deregistered.isSuccess()).isTrue();
        assertThat(channel.isRegistered()).isFalse();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    private void registerAgain(Channel channel) {
        ChannelFuture registered = register(loop, channel);
        settle();
        assertThat(registered.isSuccess()).isTrue();
    }

    private static ChannelFuture register(EventLoop eventLoop, Channel channel) {
        ChannelPromise promise = new DefaultChannelPromise(channel, eventLoop);
        channel.unsafe().register(eventLoop, promise);
        return promise;
    }

    @Test
    void aReadThatEndsWhileDeregisteredIsDeliveredAfterRegistration() {
        SimulatedPeer peer = listen();
        Channel client = connectAndDeregister();
        peer.write("meanwhile").succeeds();
        settle();
        assertThat(recorder.take()).isEmpty();
        registerAgain(client);
        assertThat(recorder.take()).containsExactly("registered", "read meanwhile", "readComplete");
    }

    @Test
    void aReadThatEndsAfterRegistrationIsDeliveredOnce() {
        SimulatedPeer peer = listen();
        Channel client = connectAndDeregister();
        registerAgain(client);
        peer.write("later").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "read later", "readComplete");
        assertThat(kernel.calls("ReadFile")).as("the first, and the next one").isEqualTo(2);
    }

    @Test
    void aWriteThatEndsWhileDeregisteredSucceeds() {
        SimulatedPeer peer = listenUnbuffered();
        Channel client = connectWithoutReading(recorder);
        ChannelFuture write = client.writeAndFlush(text("one"));
        ChannelFuture next = client.writeAndFlush(text("two"));
        deregister(client);
        assertThat(peer.read(64).await().text()).isEqualTo("one");
        settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(next.isDone()).isFalse();
        registerAgain(client);
        assertThat(peer.read(64).await().text()).isEqualTo("two");
        settle();
        assertThat(next.isSuccess()).isTrue();
    }

    @Test
    void theRegistrationEndsWithTheLastOperation() {
        SimulatedPeer peer = listen();
        connectAndDeregister();
        assertThat(loops.registrations()).isEqualTo(1);
        peer.write("x").succeeds();
        settle();
        assertThat(loops.registrations()).isZero();
        hangUp(peer);
    }

    @Test
    void theEndOfTheStreamIsReportedAfterRegistration() {
        SimulatedPeer peer = listen();
        Channel client = connectAndDeregister();
        hangUp(peer);
        settle();
        assertThat(recorder.take()).isEmpty();
        registerAgain(client);
        assertThat(recorder.take()).containsExactly("registered", "readComplete", "inactive", "unregistered");
    }

    @Test
    void aDeregisteredChannelClosesWithAnOutstandingOperation() {
        listen();
        Channel client = connectAndDeregister();
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
    void aChannelWithOutstandingOperationsCannotMoveToAnotherLoop() {
        listen();
        Channel client = connectAndDeregister();
        ManualIoEventLoop other = newLoop();
        ChannelFuture moved = register(other, client);
        settle();
        assertThat(moved.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("event loop");
        assertThat(client.isOpen()).isFalse();
        settle();
        shutDown(other);
    }

    @Test
    void aDeregisteredServerAcceptsAfterRegistration() {
        Recorder children = new Recorder();
        Channel server = bound(server(recorder, children).option(ChannelOption.SO_BACKLOG, 2));
        deregister(server);
        open();
        open();
        settle();
        assertThat(children.channels()).isEmpty();
        registerAgain(server);
        assertThat(children.channels()).hasSize(2);
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
    }

    @Test
    void aDeregisteredServerCanBeClosed() {
        Channel server = bound(server(recorder, new Recorder()).option(ChannelOption.SO_BACKLOG, 2));
        deregister(server);
        SimulatedPeer client = open();
        settle();
        server.close();
        settle();
        assertThat(client.available()).isNegative();
        assertThat(loops.registrations()).isZero();
    }
}
