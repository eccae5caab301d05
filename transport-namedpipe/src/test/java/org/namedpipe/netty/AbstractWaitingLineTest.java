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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Fixture of clients that wait for one pipe on one event loop. */
abstract class AbstractWaitingLineTest extends OneThread {
    private static final int TIMEOUT = 10_000;

    /** Longer than the longest pause while the pipe is busy. */
    static final int A_TURN = 40;

    final Recorder recorder = new Recorder();

    final Bootstrap waiting() {
        return client(recorder).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT);
    }

    final Bootstrap waitingForServer() {
        return waiting().option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
    }

    final Bootstrap failingFast() {
        return waiting().option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.FAIL_FAST);
    }

    final ChannelFuture start(Bootstrap client) {
        ChannelFuture connect = client.connect(name);
        channelOf(connect);
        return connect;
    }

    final List<ChannelFuture> start(int count, Bootstrap client) {
        return Stream.generate(() -> start(client.clone())).limit(count).toList();
    }

    /** Returns the indices of the connects that have succeeded. */
    static List<Integer> connected(List<ChannelFuture> connects) {
        return IntStream.range(0, connects.size())
                .filter(i -> connects.get(i).isSuccess())
                .boxed()
                .toList();
    }

    /** Lets time pass in steps of a millisecond, so that each timer runs when it is due. */
    final void passSlowly(int millis) {
        for (int i = 0; i < millis; i++) {
            pass(1);
        }
    }

    /** Creates a pipe whose only instance has a client. */
    final void listenBusy() {
        listen();
        open();
    }

    final void freeAnInstance() {
        listen();
        passSlowly(A_TURN);
    }
}
