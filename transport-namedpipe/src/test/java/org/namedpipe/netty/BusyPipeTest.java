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

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Waits for a busy pipe by polling, until an instance is free, the time-out, a close or a cancel. */
class BusyPipeTest extends OneThread {
    private static final int TIMEOUT = 1000;

    private final Recorder recorder = new Recorder();

    /** Creates a pipe whose only instance is connected. */
    private SimulatedPeer listenBusy() {
        listen();
        return open();
    }

    private ChannelFuture connectBusy() {
        ChannelFuture connect = client(recorder)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT)
                .connect(name);
        channelOf(connect);
        assertThat(connect.isDone()).isFalse();
        recorder.take();
        return connect;
    }

    @Test
    void aClientConnectsWhenAnInstanceIsFree() {
        SimulatedPeer other = listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT / 2);
        assertThat(connect.isDone()).isFalse();
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
        assertThat(recorder.take()).containsExactly("active");
        pass(TIMEOUT);
        assertThat(connect.channel().isActive()).as("after the time-out").isTrue();
        assertThat(other.handle()).isPositive();
    }

    @Test
    void aConnectTimesOutAfterItsTimeout() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT - 1);
        assertThat(connect.isDone()).isFalse();
        pass(1);
        assertThat(connect.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining(name.path())
                .hasMessageContaining(TIMEOUT + " ms")
                .hasMessageContaining("ERROR_PIPE_BUSY");
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    @Test
    void attemptsAreSeparatedByPauses() {
        listenBusy();
        connectBusy();
        for (int i = 0; i < TIMEOUT - 1; i++) {
            pass(1);
        }
        assertThat(kernel.calls("CreateFile")).isBetween(10L, 60L);
    }

    @Test
    void aConnectWithoutTimeoutWaitsUntilAnInstanceIsFree() {
        listenBusy();
        ChannelFuture connect =
                client(recorder).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0).connect(name);
        channelOf(connect);
        pass(1_000_000);
        assertThat(connect.isDone()).isFalse();
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
    }

    @Test
    void aConnectWaitsForAPipeThatDisappearsUntilTheTimeout() {
        SimulatedPeer server = listen();
        open();
        ChannelFuture connect = connectBusy();
        hangUp(server);
        pass(TIMEOUT - 1);
        assertThat(connect.isDone()).isFalse();
        pass(1);
        assertThat(connect.cause())
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("ERROR_FILE_NOT_FOUND");
    }

    @Test
    void aSecondConnectFailsAndDoesNotAffectTheFirst() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        ChannelFuture second = connect.channel().connect(name);
        assertThat(second.cause()).isInstanceOf(ConnectionPendingException.class);
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
        assertThat(connect.channel().connect(name).cause()).isInstanceOf(AlreadyConnectedException.class);
        assertThat(connect.channel().isActive()).isTrue();
    }

    private enum End {
        CLOSE,
        CANCEL,
        TIMEOUT
    }

    private void end(ChannelFuture connect, End end) {
        switch (end) {
            case CLOSE -> connect.channel().close();
            case CANCEL -> connect.cancel(false);
            case TIMEOUT -> pass(TIMEOUT);
        }
        settle();
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatHasEndedNeverOpensThePipe(End end) {
        listenBusy();
        ChannelFuture connect = connectBusy();
        end(connect, end);
        assertThat(connect.cause())
                .isInstanceOfAny(
                        ClosedChannelException.class, CancellationException.class, ConnectTimeoutException.class);
        assertThat(connect.channel().isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("unregistered");
        long calls = kernel.calls("CreateFile");
        SimulatedPeer free = listen();
        pass(10L * TIMEOUT);
        assertThat(kernel.calls("CreateFile")).isEqualTo(calls);
        assertThat(free.connect().isPending()).as("no client has connected").isTrue();
    }
}
