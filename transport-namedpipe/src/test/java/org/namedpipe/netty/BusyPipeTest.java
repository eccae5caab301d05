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
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Waiting for a busy pipe by asking again, and attempts that are given up. */
class BusyPipeTest extends OneThread {
    private static final int TIMEOUT = 1000;

    private final Recorder recorder = new Recorder();

    /** A pipe whose one instance is taken. */
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

    // ---- a busy pipe

    // case 21
    @Test
    void aBusyPipeIsOpenedOnceAnInstanceIsFree() {
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

    // case 21
    @Test
    void aBusyPipeTimesOutWhenItShould() {
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
    void aBusyPipeIsAskedForWithPauses() {
        listenBusy();
        connectBusy();
        for (int i = 0; i < TIMEOUT - 1; i++) {
            pass(1);
        }
        assertThat(kernel.calls("CreateFile")).isBetween(10L, 60L);
    }

    @Test
    void withoutATimeoutABusyPipeIsWaitedForAsLongAsItTakes() {
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

    // case 21
    @Test
    void aPipeThatGoesAwayWhileItIsWaitedForIsWaitedForUntilTheTimeout() {
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
    void aSecondConnectWhileTheFirstWaitsLeavesItAlone() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        ChannelFuture second = connect.channel().connect(name);
        assertThat(second.cause()).isInstanceOf(ConnectionPendingException.class);
        listen();
        pass(50);
        assertThat(connect.isSuccess()).isTrue();
    }

    // ---- given up

    // case 21
    @Test
    void nothingRevivesAnAttemptThatWasClosed() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        connect.channel().close();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
        assertNothingOpensAnyMore();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    // case 21
    @Test
    void nothingRevivesAnAttemptThatWasCancelled() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        assertThat(connect.cancel(false)).isTrue();
        settle();
        assertThat(connect.channel().isOpen()).isFalse();
        assertNothingOpensAnyMore();
        assertThat(recorder.take()).containsExactly("unregistered");
    }

    // case 21
    @Test
    void nothingRevivesAnAttemptThatTimedOut() {
        listenBusy();
        ChannelFuture connect = connectBusy();
        pass(TIMEOUT);
        assertThat(connect.isSuccess()).isFalse();
        assertNothingOpensAnyMore();
    }

    private void assertNothingOpensAnyMore() {
        long calls = kernel.calls("CreateFile");
        SimulatedPeer free = listen();
        pass(10L * TIMEOUT);
        assertThat(kernel.calls("CreateFile")).isEqualTo(calls);
        assertThat(free.connect().isPending()).as("nobody has come").isTrue();
    }
}
