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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** CONNECT_POLICY on the real API; {@link WaitingLineTest} has the orders of events. */
class ConnectPolicyIT {
    @Test
    void clientsWaitForAServerOrFailFast() throws Exception {
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            NamedPipeAddress name = Names.fresh();
            Bootstrap client = Boot.client(loops.group(1));
            Bootstrap waiting = client.clone()
                    .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
            ChannelFuture early = waiting.clone().connect(name);
            waiting.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 50);
            assertThat(Await.failure(waiting.connect(name))).hasMessageContaining("ERROR_FILE_NOT_FOUND");
            assertThat(early.isDone()).isFalse();
            assertThat(Await.failure(client.clone().connect(name)))
                    .isInstanceOf(NamedPipeConnectException.NotFound.class);
            // The client that waits takes the only instance, and the server does not replace it.
            Await.get(Boot.server(loops.group(1))
                    .option(ChannelOption.SO_BACKLOG, 1)
                    .option(ChannelOption.AUTO_READ, false)
                    .bind(name));
            Await.get(early);
            client.option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.FAIL_FAST);
            assertThat(Await.failure(client.connect(name)))
                    .isInstanceOf(NamedPipeConnectException.Busy.class)
                    .hasMessageContaining("ERROR_PIPE_BUSY (231)");
        }
    }
}
