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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Clients are noticed without a thread, except on Wine, which has no wait packets. */
class PacketWatchIT {
    private final WindowsKernel kernel = WindowsKernel.instance();

    private boolean haveWaitPackets() {
        long waitPacket = kernel.createWaitPacket();
        if (waitPacket == -Win32Error.ERROR_PROC_NOT_FOUND) {
            return false;
        }
        assertThat(waitPacket).isPositive();
        assertThat(kernel.closeHandle(waitPacket)).isZero();
        return true;
    }

    @Test
    void threadsWaitForClientsOnlyWithoutWaitPackets() throws Exception {
        SpyKernel spy = new SpyKernel(kernel, "registerWait", 0);
        NamedPipeAddress name = Names.fresh();
        try (TestLoops loops = new TestLoops(spy.kernel())) {
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            EventLoopGroup group = loops.group(1);
            Await.get(Boot.server(group, accepted)
                    .option(ChannelOption.SO_BACKLOG, 2)
                    .bind(name));
            for (int i = 0; i < 100; i++) {
                Channel client = Await.channel(Boot.client(group).connect(name));
                Await.next(accepted).close();
                Await.get(client.closeFuture());
            }
        }
        assertThat(spy.arguments().isEmpty()).as("no waits of threads").isEqualTo(haveWaitPackets());
    }
}
