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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

class NamedPipeServerCountersTest {
    private static final int BACKLOG = 3;

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final TestLoops loops = new TestLoops(kernel);
    private final NamedPipeAddress name = Names.fresh();
    private final List<SimulatedPeer> clients = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        clients.forEach(SimulatedPeer::close);
        loops.close();
        kernel.assertAllGone();
    }

    private void connect() {
        clients.add(SimulatedPeer.open(kernel, name.path()));
    }

    private ServerBootstrap bootstrap(CountDownLatch active) {
        return Boot.server(loops.group(1), () -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        active.countDown();
                    }
                })
                .option(ChannelOption.SO_BACKLOG, BACKLOG);
    }

    private static NamedPipeServerChannel bound(ChannelFuture bind) throws Exception {
        return (NamedPipeServerChannel) Await.channel(bind);
    }

    @Test
    void acceptedClientsAreCountedAndReplaced() throws Exception {
        CountDownLatch active = new CountDownLatch(2);
        NamedPipeServerChannel server = bound(bootstrap(active).bind(name));
        assertThat(server.counters()).isEqualTo(new ServerSnapshot(BACKLOG, 0, 0, 0, 0));

        connect();
        connect();
        Await.done(active);
        kernel.awaitIdle(1);
        assertThat(server.counters()).isEqualTo(new ServerSnapshot(BACKLOG, 2, 0, 0, 0));
    }

    @Test
    void clientsThatWaitReduceTheListeningInstances() throws Exception {
        NamedPipeServerChannel server = bound(bootstrap(new CountDownLatch(0))
                .option(ChannelOption.AUTO_READ, false)
                .bind(name));
        connect();
        connect();
        Await.until(() -> server.counters().listening() == BACKLOG - 2);
        assertThat(server.counters()).isEqualTo(new ServerSnapshot(BACKLOG - 2, 0, 0, 0, 0));
    }

    @Test
    void anAbortedAcceptIsCountedAsAcceptedAndAborted() throws Exception {
        CountDownLatch active = new CountDownLatch(1);
        kernel.faults()
                .before(
                        "ConnectNamedPipe",
                        () -> SimulatedPeer.open(kernel, name.path()).close());
        NamedPipeServerChannel server = bound(bootstrap(active).bind(name));
        Await.done(active);
        kernel.awaitIdle(1);
        assertThat(server.counters()).isEqualTo(new ServerSnapshot(BACKLOG, 1, 1, 0, 0));
    }

    @Test
    void failuresToCreateAnInstanceAreCounted() throws Exception {
        int failures = 2;
        CountDownLatch active = new CountDownLatch(1);
        kernel.faults().on("CreateNamedPipe").after(BACKLOG).times(failures).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        NamedPipeServerChannel server = bound(bootstrap(active).bind(name));
        connect();
        Await.done(active);
        Await.until(() -> server.counters().equals(new ServerSnapshot(BACKLOG, 1, 0, failures, 0)));
    }

    @Test
    void aClosedServerHasNoListeningInstances() throws Exception {
        NamedPipeServerChannel server = bound(bootstrap(new CountDownLatch(0)).bind(name));
        Await.get(server.close());
        assertThat(server.counters()).isEqualTo(new ServerSnapshot(0, 0, 0, 0, 0));
    }
}
