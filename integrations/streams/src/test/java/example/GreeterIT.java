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
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** Runs the client and the server over a pipe. */
class GreeterIT {
    @Test
    void clientOverAPipeIsGreeted() throws Exception {
        String name = "greeter-" + UUID.randomUUID();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        ExecutorService executor = Executors.newCachedThreadPool();
        new GreeterServer(executor).bind(group, name).sync();
        GreeterOverPipe client = GreeterOverPipe.connect(group, name, new Object());
        String greeting = client.launcher().getRemoteProxy().greet("pipe").get(60, TimeUnit.SECONDS);
        assertEquals("hello, pipe", greeting);
        client.streams().close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        executor.shutdown();
    }
}
