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
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.RawClient;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.PipeQuery;

/** The right to create instances of a name, on the real API; {@link NameOwnershipTest} has the orders of events. */
class NameOwnershipIT {
    private static final int INSTANCES = 8;

    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loops.close();
    }

    private ServerBootstrap server(NamedPipeSecurity security) {
        return Boot.server(group, accepted)
                .option(NamedPipeChannelOption.SECURITY, security)
                .option(ChannelOption.SO_BACKLOG, INSTANCES);
    }

    /** The server creates each instance with the descriptor, which names an owner and an access list. */
    @Test
    void eightInstancesTakeTheDescriptor() throws Exception {
        String explicit = "O:%1$sD:P(A;;FA;;;%1$s)".formatted(kernel.currentUserSid());
        for (NamedPipeSecurity security : List.of(
                NamedPipeSecurity.currentUser(),
                NamedPipeSecurity.currentUserAtAnyIntegrity(),
                NamedPipeSecurity.ofSddl(explicit))) {
            Channel server = Await.channel(server(security).bind(name));
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2 * INSTANCES; i++) {
                clients.add(RawClient.open(kernel, name.path()));
            }
            for (RawClient client : clients) {
                Await.next(accepted);
                client.close();
            }
            Await.get(server.close());
            Await.until(() -> loops.registrations() == 0);
        }
    }

    /** An instance ends with its server end. The next server creates the first instance of the name. */
    @Test
    void aClientThatStaysDoesNotHoldTheNameOfAnEarlierServer() throws Exception {
        Channel earlier = Await.channel(server(NamedPipeSecurity.currentUser()).bind(name));
        long stays = kernel.createFile(
                name.path(),
                Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                Win32Constants.FILE_FLAG_OVERLAPPED);
        assertThat(stays).as("handle or negated error").isPositive();
        Channel child = Await.next(accepted);
        Await.get(earlier.close());
        Await.get(child.close());
        Await.until(() -> loops.registrations() == 0);

        Await.get(server(NamedPipeSecurity.currentUser()).bind(name));

        assertThat(PipeQuery.available(kernel, stays)).isEqualTo(-Win32Error.ERROR_BROKEN_PIPE);
        kernel.closeHandle(stays);
        try (RawClient client = RawClient.open(kernel, name.path())) {
            client.write("x");
            assertThat(Await.next(accepted).isActive()).isTrue();
        }
    }
}
