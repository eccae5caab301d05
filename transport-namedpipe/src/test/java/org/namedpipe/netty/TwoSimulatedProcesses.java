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
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedProcess;

/** Fixture of a server and a client in two processes of one simulated kernel, each with its own event loop. */
final class TwoSimulatedProcesses implements AutoCloseable {
    /** A process of another user than {@link SimulatedKernel#SELF}. */
    static final SimulatedProcess ALICE = SimulatedProcess.of(2000, "S-1-5-21-1-2-3-1002", "SIMULATED\\alice");

    final SimulatedKernel kernel = new SimulatedKernel();
    final NamedPipeAddress name = Names.fresh();
    /** The server's ends of connections, in the order in which they are accepted. */
    final BlockingQueue<NamedPipeChannel> accepted = new LinkedBlockingQueue<>();

    private final TestLoops serverLoops;
    private final TestLoops clientLoops;

    TwoSimulatedProcesses(SimulatedProcess client) {
        this(SimulatedKernel.SELF, client);
    }

    TwoSimulatedProcesses(SimulatedProcess server, SimulatedProcess client) {
        serverLoops = new TestLoops(as(server));
        clientLoops = new TestLoops(as(client));
    }

    private Kernel as(SimulatedProcess process) {
        return process.equals(SimulatedKernel.SELF) ? kernel : kernel.as(process);
    }

    /** Returns an echo server. */
    ServerBootstrap server() {
        return server(() -> Echo.INSTANCE);
    }

    ServerBootstrap server(Supplier<? extends ChannelHandler> handlers) {
        return Boot.server(serverLoops.group(1), () -> {
            return new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    accepted.add((NamedPipeChannel) channel);
                    channel.pipeline().addLast(handlers.get());
                }
            };
        });
    }

    /** Returns a client in the other process. */
    Bootstrap client() {
        return client(ChannelInboundHandlerAdapter::new);
    }

    Bootstrap client(Supplier<? extends ChannelHandler> handlers) {
        return Boot.client(clientLoops.group(1), handlers);
    }

    /** Returns the kernel of the other process. */
    Kernel clientKernel() {
        return clientLoops.kernel();
    }

    /** Connects, and returns the client's end. */
    NamedPipeChannel connect(Bootstrap client) throws Exception {
        return (NamedPipeChannel) Await.channel(client.connect(name));
    }

    @Override
    public void close() {
        clientLoops.close();
        serverLoops.close();
        // A look-up of a peer ends after its channel, on a thread of its own.
        Await.until(() -> kernel.describeOpenHandles().isEmpty());
        kernel.assertAllGone();
    }
}
